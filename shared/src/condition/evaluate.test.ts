import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison, Condition } from './ast.ts';
import { attributes, condition, instant, NOW, pastEvent } from './condition.arbitrary.ts';
import { evaluate } from './evaluate.ts';
import { eventNeeds } from './event-measure.ts';

const SHANGHAI = { now: NOW, timeZone: 'Asia/Shanghai' };
const attribute = (is: Comparison, name = 'x'): Condition => ({ op: 'attribute', name, is });
const holds = (value: unknown, is: Comparison, at = SHANGHAI): boolean =>
  evaluate(attribute(is), { attributes: value === undefined ? {} : { x: value as never } }, at).isMatch;

describe('comparisons', () => {
  test.each<[string, unknown, Comparison, boolean]>([
    ['a number above its bound', 101, { operator: 'greaterThan', value: 100 }, true],
    ['a number at its bound', 100, { operator: 'greaterThan', value: 100 }, false],
    ['both ends of a range', 100, { operator: 'between', value: [1, 100] }, true],
    ['a number written as text', '101', { operator: 'greaterThan', value: 100 }, false],
    ['a missing value against a negation', undefined, { operator: 'notEquals', value: 'a' }, true],
    ['a null against missing', null, { operator: 'missing' }, true],
    ['one of several', 'b', { operator: 'in', value: ['a', 'b'] }, true],
    ['a part of a text', 'Web shop', { operator: 'contains', value: 'b s' }, true],
    ['an element of a list', ['vip', 'new'], { operator: 'contains', value: 'vip' }, true],
    ['a part of an element of a list', ['vip'], { operator: 'contains', value: 'vi' }, false],
    ['a list against an element', ['vip'], { operator: 'equals', value: 'vip' }, false],
    ['a pattern somewhere in the text', 'user-12@x.test', { operator: 'matches', value: '[0-9]+@' }, true],
    ['a pattern that is none', 'x', { operator: 'matches', value: '(' }, false],
    ['false against isFalse', false, { operator: 'isFalse' }, true],
    ['a missing value against isFalse', undefined, { operator: 'isFalse' }, false],
  ])('%s is answered by the value itself', (_, value, is, expected) => {
    expect(holds(value, is)).toBe(expected);
  });

  test('a pattern that makes a backtracking engine explode answers at once', () => {
    const steps = 8000;
    expect(holds('a'.repeat(steps), { operator: 'matches', value: '^(a|a)*$|(a+)+b' })).toBe(true);
    expect(holds('a'.repeat(steps), { operator: 'matches', value: '(a|aa)+b' })).toBe(false);
  });
});

describe('[COND-3] relative dates', () => {
  // Noon in Shanghai (12:30) is 04:30 UTC: the local day began at 16:00 UTC the day before.
  const today: Comparison = { operator: 'equals', value: { relative: 0, unit: 'day' } };

  test('today is the local day of the stated zone', () => {
    expect(holds('2026-11-21T16:00:00.000Z', today)).toBe(true);
    expect(holds('2026-11-21T15:59:59.999Z', today)).toBe(false);
    expect(holds('2026-11-21T16:00:00.000Z', today, { now: NOW, timeZone: 'UTC' })).toBe(false);
  });

  test('a range of days includes the whole last day', () => {
    const is: Comparison = {
      operator: 'between',
      value: [
        { relative: -1, unit: 'day' },
        { relative: 0, unit: 'day' },
      ],
    };
    expect(holds('2026-11-22T15:59:59.999Z', is)).toBe(true);
    expect(holds('2026-11-22T16:00:00.000Z', is)).toBe(false);
  });

  test('after a day means after it has ended', () => {
    const is: Comparison = { operator: 'after', value: '2026-11-21' };
    expect(holds('2026-11-21T10:00:00.000Z', is)).toBe(false);
    expect(holds('2026-11-21T16:00:00.000Z', is)).toBe(true);
  });

  test('hours count from now, to the millisecond', () => {
    const is: Comparison = { operator: 'before', value: { relative: -1, unit: 'hour' } };
    expect(holds('2026-11-22T03:29:59.999Z', is)).toBe(true);
    expect(holds('2026-11-22T03:30:00.000Z', is)).toBe(false);
  });

  test('a month later than 31 January is the last of February', () => {
    const at = { now: Date.UTC(2026, 0, 31, 12), timeZone: 'UTC' };
    const is: Comparison = { operator: 'equals', value: { relative: 1, unit: 'month' } };
    expect(holds('2026-02-28T23:00:00.000Z', is, at)).toBe(true);
  });

  test('a day on which the clocks change ends at the next local midnight', () => {
    const at = { now: Date.UTC(2026, 2, 8, 18), timeZone: 'America/New_York' };
    expect(holds('2026-03-09T03:59:59.999Z', today, at)).toBe(true);
    expect(holds('2026-03-09T04:00:00.000Z', today, at)).toBe(false);
  });
});

describe('events', () => {
  const ordered = (over: Partial<Extract<Condition, { op: 'event' }>> = {}): Condition => ({
    op: 'event',
    name: 'Order Completed',
    measure: { kind: 'count' },
    window: { kind: 'ever' },
    is: { operator: 'atLeast', value: 1 },
    ...over,
  });
  const order = (at: number, properties = {}) => ({ name: 'Order Completed', at, properties });

  test('a window of the last hour leaves out its own start and what lies ahead', () => {
    const window = { kind: 'last', ms: 3_600_000 } as const;
    const ask = (at: number) =>
      evaluate(ordered({ window }), { attributes: {}, events: [order(at)] }, SHANGHAI).isMatch;
    expect(ask(NOW - 3_600_000)).toBe(false);
    expect(ask(NOW - 3_599_999)).toBe(true);
    expect(ask(NOW)).toBe(true);
    expect(ask(NOW + 1)).toBe(false);
  });

  test('"this run" counts from the entry on and is empty without a run', () => {
    const asked = ordered({ window: { kind: 'this-run' } });
    const facts = { attributes: {}, events: [order(NOW - 10)] };
    expect(evaluate(asked, { ...facts, enteredAt: NOW - 10 }, SHANGHAI).isMatch).toBe(true);
    expect(evaluate(asked, { ...facts, enteredAt: NOW - 9 }, SHANGHAI).isMatch).toBe(false);
    expect(evaluate(asked, facts, SHANGHAI).isMatch).toBe(false);
  });

  test('a sum takes numbers alone and does not stumble over 0.1 + 0.2', () => {
    const asked = ordered({ measure: { kind: 'sum', property: 'amount' }, is: { operator: 'equals', value: 0.3 } });
    const events = [order(NOW, { amount: 0.1 }), order(NOW, { amount: 0.2 }), order(NOW, { amount: '9' }), order(NOW)];
    expect(evaluate(asked, { attributes: {}, events }, SHANGHAI).isMatch).toBe(true);
  });

  test('leaves that ask for the same number share one need', () => {
    const twice: Condition = { op: 'all', of: [ordered(), ordered({ is: { operator: 'lessThan', value: 5 } })] };
    expect(eventNeeds(twice)).toHaveLength(1);
  });
});

describe('reasons', () => {
  test('the part that failed is named with its value', () => {
    const asked: Condition = {
      op: 'all',
      of: [attribute({ operator: 'exists' }, 'email'), attribute({ operator: 'greaterThan', value: 100 }, 'history')],
    };
    const { isMatch, reason } = evaluate(asked, { attributes: { email: 'a@b.test', history: 42 } }, SHANGHAI);
    expect(isMatch).toBe(false);
    expect(reason).toEqual({
      code: 'condition:attribute-fails',
      values: { attribute: 'history', is: '{"operator":"greaterThan","value":100}', actual: 42 },
    });
  });

  test('a list of a thousand values is not repeated in every step', () => {
    const value = Array.from({ length: 1000 }, (_, index) => `value ${index}`);
    const { reason } = evaluate(attribute({ operator: 'in', value }), { attributes: { x: 'a' } }, SHANGHAI);
    expect(JSON.stringify(reason).length).toBeLessThan(300);
  });
});

test('[COND-1] negating a condition negates its verdict, whatever the facts', () => {
  fc.assert(
    fc.property(condition, attributes, fc.array(pastEvent, { maxLength: 4 }), instant, (asked, values, events, at) => {
      const facts = { attributes: values, events, enteredAt: NOW - 60_000 };
      const negated: Condition = { op: 'not', of: asked };
      expect(evaluate(negated, facts, at).isMatch).toBe(!evaluate(asked, facts, at).isMatch);
    }),
  );
});
