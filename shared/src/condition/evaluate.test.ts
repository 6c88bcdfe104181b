import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison, Condition, EventMeasure } from './ast.ts';
import { attributes, condition, instant, NOW, pastEvent } from './condition.arbitrary.ts';
import { describeConditionReason } from './describe-reason.ts';
import { evaluate } from './evaluate.ts';
import { type EventLeaf, eventNeedOf, eventNeeds, measureEvents, type PastEvent } from './event-measure.ts';

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

describe('[COND-1] the first and the last event', () => {
  const DAY = 86_400_000;
  const order = (daysAgo: number, properties: PastEvent['properties']): PastEvent => ({
    name: 'Order',
    at: NOW - daysAgo * DAY,
    properties,
  });
  const events = [
    order(2, { channel: 'shop', amount: 5 }),
    order(40, { channel: 'web', amount: 80 }),
    order(1, { amount: 30 }),
    order(-1, { channel: 'future' }),
  ];
  const asked = (measure: EventMeasure, is: Comparison, more: Partial<EventLeaf> = {}) =>
    evaluate(
      { op: 'event', name: 'Order', measure, window: { kind: 'ever' }, is, ...more },
      { attributes: {}, events },
      SHANGHAI,
    );
  const channel = (value: string): Comparison => ({ operator: 'equals', value });

  test.each<[string, EventMeasure, Comparison, Partial<EventLeaf>, boolean]>([
    ['the first ever has its property', { kind: 'first', property: 'channel' }, channel('web'), {}, true],
    [
      'the first of a window is another one',
      { kind: 'first', property: 'channel' },
      channel('shop'),
      { window: { kind: 'last', ms: 30 * DAY } },
      true,
    ],
    [
      'the first that passes a filter is another one',
      { kind: 'first', property: 'channel' },
      channel('shop'),
      { where: [{ property: 'amount', is: { operator: 'lessThan', value: 10 } }] },
      true,
    ],
    [
      'the last without the property has none',
      { kind: 'last', property: 'channel' },
      { operator: 'missing' },
      {},
      true,
    ],
    [
      'what lies ahead is not the last',
      { kind: 'last', property: 'amount' },
      { operator: 'equals', value: 30 },
      {},
      true,
    ],
    [
      'the time of the first',
      { kind: 'first' },
      { operator: 'before', value: { relative: -30, unit: 'day' } },
      {},
      true,
    ],
    ['the time of the last', { kind: 'last' }, { operator: 'before', value: { relative: -1, unit: 'day' } }, {}, false],
    ['who never did it has no first time', { kind: 'first' }, { operator: 'missing' }, { name: 'Refund' }, true],
    [
      'and it lies before nothing',
      { kind: 'first' },
      { operator: 'before', value: '2030-01-01' },
      { name: 'Refund' },
      false,
    ],
  ])('%s', (_, measure, is, more, expected) => {
    expect(asked(measure, is, more).isMatch).toBe(expected);
  });

  test('of two at one instant the earlier in the list is the first, and the later the last', () => {
    const twins = [order(3, { channel: 'a' }), order(3, { channel: 'b' })];
    const value = (kind: 'first' | 'last') => {
      const leaf = { op: 'event', name: 'Order', measure: { kind, property: 'channel' } } as EventLeaf;
      return measureEvents(eventNeedOf({ ...leaf, window: { kind: 'ever' } }), twins, SHANGHAI);
    };
    expect([value('first'), value('last')]).toEqual(['a', 'b']);
  });

  test('[COND-4] the reason says which value was found', () => {
    const { reason } = asked({ kind: 'first', property: 'channel' }, channel('shop'));
    expect(describeConditionReason(reason, 'en-US')).toBe(
      'not true that the channel of the first “Order” is “shop”: it is “web”',
    );
  });
});

test('[COND-1] what every object inherits is no value of an attribute, an event or a row', () => {
  const exists: Comparison = { operator: 'exists' };
  const where = [{ property: 'toString', is: exists }];
  const once: Comparison = { operator: 'atLeast', value: 1 };
  const facts = {
    attributes: {},
    events: [{ name: 'Order', at: NOW, properties: {} }],
    rows: [{ dataset: 'orders', values: {} }],
  };
  const window = { kind: 'ever' as const };
  const count = { kind: 'count' as const };
  const asked: Condition[] = [
    attribute(exists, 'valueOf'),
    { op: 'event', name: 'Order', where, measure: count, window, is: once },
    { op: 'event', name: 'Order', measure: { kind: 'last', property: 'toString' }, window, is: exists },
    { op: 'dataset', dataset: 'orders', where, measure: count, is: once },
  ];
  expect(asked.map((each) => evaluate(each, facts, SHANGHAI).isMatch)).toEqual([false, false, false, false]);
});
