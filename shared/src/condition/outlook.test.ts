import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Comparison, Condition } from './ast.ts';
import { AUDIENCE_IDS, attributes, condition, instant, NOW, pastEvent } from './condition.arbitrary.ts';
import { isRelativeDate } from './date-span.ts';
import { evaluate } from './evaluate.ts';
import { leavesOf } from './event-measure.ts';
import { outlookOf } from './outlook.ts';
import { hasMovingAttribute, holdsForNewcomer, movingOperands, readsOf } from './reads-of.ts';

const DAY_MS = 86_400_000;
const UTC = { now: NOW, timeZone: 'UTC' };
const iso = (at: number) => new Date(at).toISOString();

/** Hours in filters on event properties are looked at every five minutes instead of exactly; see the SPEC. */
const hasHourlyFilter = (asked: Condition) =>
  leavesOf(asked).some(
    (leaf) =>
      leaf.op === 'event' &&
      ([leaf, ...(leaf.followedBy ?? [])].some(({ where = [] }) =>
        where.some(({ is }) => movingOperands(is).some(({ unit }) => unit === 'hour')),
      ) ||
        (leaf.window.kind === 'between' &&
          [leaf.window.from, leaf.window.to].some((date) => isRelativeDate(date) && date.unit === 'hour'))),
  );

const circumstances = {
  attributes,
  events: fc.array(pastEvent, { maxLength: 4 }),
  audiences: fc.subarray([...AUDIENCE_IDS]),
};

test('[COND-6] no verdict changes before the instant until which it is said to stand', () => {
  fc.assert(
    fc.property(
      condition,
      fc.record(circumstances),
      instant,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (asked, facts, at, share) => {
        fc.pre(!hasHourlyFilter(asked));
        const { isMatch, until } = outlookOf(asked, facts, at);
        expect(isMatch).toBe(evaluate(asked, facts, at).isMatch);
        expect(until).toBeGreaterThan(at.now);
        const end = Math.min(until, at.now + 800 * DAY_MS);
        for (const now of [at.now + Math.floor(share * (end - at.now)), end - 1, at.now + 1].filter((t) => t < end))
          expect(evaluate(asked, facts, { ...at, now }).isMatch).toBe(isMatch);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('[COND-6] the instant until which a verdict stands', () => {
  const ordered = (is: Comparison, days = 30): Condition => ({
    op: 'event',
    name: 'Order',
    measure: { kind: 'count' },
    window: { kind: 'last', ms: days * DAY_MS },
    is,
  });
  const order = (daysAgo: number) => ({ name: 'Order', at: NOW - daysAgo * DAY_MS, properties: {} });
  const noOrder = ordered({ operator: 'equals', value: 0 });

  test('no order for 30 days turns true when the oldest order in the window is 30 days old', () => {
    const facts = { attributes: {}, events: [order(10), order(40)] };
    const outlook = outlookOf(noOrder, facts, UTC);
    expect(outlook).toEqual({ isMatch: false, until: NOW + 20 * DAY_MS });
    expect(evaluate(noOrder, facts, { ...UTC, now: outlook.until }).isMatch).toBe(true);
  });

  test('who never ordered stays without an order for ever', () => {
    expect(outlookOf(noOrder, { attributes: {} }, UTC)).toEqual({ isMatch: true, until: Number.POSITIVE_INFINITY });
  });

  test('an event reported ahead of time counts when its time has come', () => {
    const facts = { attributes: {}, events: [{ name: 'Order', at: NOW + 5, properties: {} }] };
    expect(outlookOf(noOrder, facts, UTC)).toEqual({ isMatch: true, until: NOW + 5 });
  });

  test('a cart without an order within an hour turns true when the hour is over, unless the order comes', () => {
    const abandoned: Condition = {
      op: 'event',
      name: 'Cart',
      followedBy: [{ is: 'didNot', name: 'Order', ms: 3_600_000 }],
      measure: { kind: 'count' },
      window: { kind: 'last', ms: DAY_MS },
      is: { operator: 'atLeast', value: 1 },
    };
    const cart = { name: 'Cart', at: NOW - 600_000, properties: {} };
    const open = outlookOf(abandoned, { attributes: {}, events: [cart] }, UTC);
    expect(open).toEqual({ isMatch: false, until: NOW + 3_000_000 });
    const later = { ...UTC, now: open.until };
    expect(outlookOf(abandoned, { attributes: {}, events: [cart] }, later)).toEqual({
      isMatch: true,
      until: cart.at + DAY_MS,
    });
    const bought = { attributes: {}, events: [cart, { name: 'Order', at: NOW, properties: {} }] };
    expect(outlookOf(abandoned, bought, later)).toEqual({ isMatch: false, until: cart.at + DAY_MS });
  });

  test('a window between relative dates moves at midnight, for those who have events in it or behind it', () => {
    const asked: Condition = {
      ...(ordered({ operator: 'atLeast', value: 1 }) as Extract<Condition, { op: 'event' }>),
      window: { kind: 'between', from: { relative: -7, unit: 'day' }, to: { relative: -1, unit: 'day' } },
    };
    const midnight = Date.parse('2026-11-23T00:00:00Z');
    expect(outlookOf(asked, { attributes: {}, events: [order(0)] }, UTC)).toEqual({ isMatch: false, until: midnight });
    expect(outlookOf(asked, { attributes: {}, events: [order(3)] }, UTC)).toEqual({ isMatch: true, until: midnight });
    expect(outlookOf(asked, { attributes: {}, events: [order(9)] }, UTC).until).toBe(Number.POSITIVE_INFINITY);
  });

  test('a part that no time can make true holds the whole back', () => {
    const asked: Condition = {
      op: 'all',
      of: [{ op: 'attribute', name: 'vip', is: { operator: 'isTrue' } }, noOrder],
    };
    const until = (vip: boolean) => outlookOf(asked, { attributes: { vip }, events: [order(1)] }, UTC).until;
    expect(until(false)).toBe(Number.POSITIVE_INFINITY);
    expect(until(true)).toBe(NOW + 29 * DAY_MS);
  });

  test('a date in a week comes up at the local midnight of that day and is over at the next', () => {
    const asked: Condition = {
      op: 'attribute',
      name: 'renewal',
      is: { operator: 'equals', value: { relative: 7, unit: 'day' } },
    };
    const zone = { timeZone: 'Asia/Shanghai' };
    const facts = { attributes: { renewal: iso(Date.UTC(2026, 11, 24, 3)) } };
    const first = outlookOf(asked, facts, { now: NOW, ...zone });
    expect([first.isMatch, iso(first.until)]).toEqual([false, '2026-12-16T16:00:00.000Z']);
    const second = outlookOf(asked, facts, { now: first.until, ...zone });
    expect([second.isMatch, iso(second.until)]).toEqual([true, '2026-12-17T16:00:00.000Z']);
    expect(outlookOf(asked, facts, { now: second.until, ...zone }).until).toBe(Number.POSITIVE_INFINITY);
  });
});

test('[COND-7] a condition answers the same for profiles that differ only in what it does not read', () => {
  fc.assert(
    fc.property(condition, fc.record(circumstances), instant, (asked, facts, at) => {
      const reads = readsOf(asked);
      const seen = {
        attributes: Object.fromEntries(Object.entries(facts.attributes).filter(([name]) => reads.attributes.has(name))),
        events: facts.events.filter(({ name }) => reads.events.has(name)),
        audiences: facts.audiences.filter((id) => reads.audiences.has(id)),
      };
      expect(evaluate(asked, seen, at).isMatch).toBe(evaluate(asked, facts, at).isMatch);
      const isNothingSeen = Object.keys(seen.attributes).length + seen.events.length + seen.audiences.length === 0;
      const verdict = evaluate(asked, facts, at).isMatch;
      expect(isNothingSeen ? holdsForNewcomer(asked) : verdict).toBe(verdict);
    }),
    { numRuns: 1000 },
  );
});

test('[COND-6] only relative dates make attributes answer differently as time passes', () => {
  const on = (value: Comparison['value']): Condition => ({
    op: 'not',
    of: { op: 'attribute', name: 'joinedAt', is: { operator: 'before', value } as Comparison },
  });
  expect(hasMovingAttribute(on('2026-11-22'))).toBe(false);
  expect(hasMovingAttribute(on({ relative: -1, unit: 'day' }))).toBe(true);
});
