import { DateTime } from 'luxon';
import type { AttributeValue } from '../model/attribute.ts';
import type { Condition, EventMeasure } from './ast.ts';
import { compileComparison } from './compile-comparison.ts';
import { type EvaluationInstant, toDateSpan } from './date-span.ts';
import { compileSteps } from './event-sequence.ts';
import { ownValue } from './own-value.ts';

export type AttributeLeaf = Extract<Condition, { op: 'attribute' }>;
export type EventLeaf = Extract<Condition, { op: 'event' }>;
export type AudienceLeaf = Extract<Condition, { op: 'audience' }>;

/** What must be known of a profile's events to answer an event leaf: one value. Leaves that ask for the same share it. */
export interface EventNeed extends Pick<EventLeaf, 'name' | 'where' | 'followedBy' | 'measure' | 'window'> {
  key: string;
}

/** An event as a fact: Unix milliseconds, instants among its properties in their one spelling. */
export interface PastEvent {
  name: string;
  at: number;
  properties: Readonly<Record<string, unknown>>;
}

export function eventNeedOf(leaf: EventLeaf): EventNeed {
  const { name, where = [], followedBy = [], measure, window } = leaf;
  const key = JSON.stringify([name, where, measure, window, ...(followedBy.length > 0 ? [followedBy] : [])]);
  return { name, where, ...(followedBy.length > 0 && { followedBy }), measure, window, key };
}

/** The values a condition needs, each once: what a reader has to aggregate before it can answer. */
export function eventNeeds(condition: Condition): EventNeed[] {
  const needs = leavesOf(condition).flatMap((leaf) => (leaf.op === 'event' ? [eventNeedOf(leaf)] : []));
  return [...new Map(needs.map((need) => [need.key, need])).values()];
}

/** The attributes a condition looks at, each once. */
export function attributeNames(condition: Condition): string[] {
  return [...new Set(leavesOf(condition).flatMap((leaf) => (leaf.op === 'attribute' ? [leaf.name] : [])))];
}

/** The saved audiences a condition looks into, each once. */
export function audienceIds(condition: Condition): string[] {
  return [...new Set(leavesOf(condition).flatMap((leaf) => (leaf.op === 'audience' ? [leaf.audience] : [])))];
}

export function leavesOf(condition: Condition): Exclude<Condition, { op: 'all' | 'any' | 'not' }>[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(leavesOf);
  return condition.op === 'not' ? leavesOf(condition.of) : [condition];
}

/** The names of events that a leaf looks at: the one that counts, and those that follow it. */
export function eventNamesOf({ name, followedBy = [] }: Pick<EventLeaf, 'name' | 'followedBy'>): string[] {
  return [...new Set([name, ...followedBy.map((step) => step.name)])];
}

/** When events count: behind `after` and ahead of `before`, in Unix milliseconds, neither included. */
export interface EventSpan {
  after: number;
  before: number;
}

/**
 * Undefined: none count, because the leaf asks about a run and there is none, or between dates that are none. No window
 * reaches beyond now, so an event with a wild clock does not count before its time.
 */
export function spanOfWindow(
  window: EventLeaf['window'],
  instant: EvaluationInstant,
  enteredAt: number | undefined,
): EventSpan | undefined {
  const before = instant.now + 1;
  if (window.kind === 'ever') return { after: Number.NEGATIVE_INFINITY, before };
  if (window.kind === 'last') return { after: instant.now - window.ms, before };
  if (window.kind === 'this-run') return enteredAt === undefined ? undefined : { after: enteredAt - 1, before };
  const [from, to] = [toDateSpan(window.from, instant), toDateSpan(window.to, instant)];
  return (
    from &&
    to && {
      after: DateTime.fromISO(from.from).toMillis() - 1,
      before: Math.min(before, DateTime.fromISO(to.until).toMillis()),
    }
  );
}

/**
 * The value of a need over events in memory; the reference that the store's aggregation is tested against. Pure. A count and a
 * sum are numbers; the first and the last are missing where no event counts. Of several at one instant, the one that is earlier
 * in the list is the first.
 */
export function measureEvents(
  need: EventNeed,
  events: readonly PastEvent[],
  instant: EvaluationInstant,
  enteredAt?: number,
): AttributeValue | undefined {
  const { measure } = need;
  const span = spanOfWindow(need.window, instant, enteredAt);
  if (!span) return measureOfNone(measure);
  const { isFollowed } = followingOf(need, events, instant);
  const counted = passing(need, events, instant).filter(
    ({ at }) => at > span.after && at < span.before && isFollowed(at),
  );
  if (measure.kind === 'count') return counted.length;
  if (measure.kind === 'sum')
    return settleSum(
      counted.reduce((sum, { properties }) => sum + numberOr0(ownValue(properties, measure.property)), 0),
    );
  const inOrder = counted.toSorted((a, b) => a.at - b.at);
  const event = measure.kind === 'first' ? inOrder[0] : inOrder.at(-1);
  if (!event) return undefined;
  if (measure.property === undefined) return DateTime.fromMillis(event.at, { zone: 'utc' }).toISO() ?? undefined;
  return ownValue(event.properties, measure.property) as AttributeValue | undefined;
}

/** What is read where no event counts. */
export function measureOfNone({ kind }: EventMeasure): number | undefined {
  return isNumeric({ kind }) ? 0 : undefined;
}

/** The property that is read of the events, where one is. */
export function propertyOf(measure: EventMeasure): string | undefined {
  return 'property' in measure ? measure.property : undefined;
}

/** Whether a number is read whatever the events hold; else the value of one event. */
export function isNumeric({ kind }: Pick<EventMeasure, 'kind'>): boolean {
  return kind === 'count' || kind === 'sum';
}

/** What has come after the events of a need up to now. */
export function followingOf(
  { followedBy = [] }: Pick<EventNeed, 'followedBy'>,
  events: readonly PastEvent[],
  instant: EvaluationInstant,
) {
  const instants = followedBy.map((step) =>
    passing(step, events, instant)
      .map(({ at }) => at)
      .filter((at) => at <= instant.now)
      .sort((a, b) => a - b),
  );
  return compileSteps(followedBy, instants, instant.now);
}

/** Events of this name that pass the filters, at any time. */
export function passing(
  { name, where = [] }: Pick<EventNeed, 'name' | 'where'>,
  events: readonly PastEvent[],
  instant: EvaluationInstant,
): PastEvent[] {
  const filters = where.map(({ property, is }) => ({ property, test: compileComparison(is, instant) }));
  return events.filter(
    (event) => event.name === name && filters.every(({ property, test }) => test(ownValue(event.properties, property))),
  );
}

/** Rounds away the noise of adding floating-point numbers in another order, so that all readings agree on 0.1 + 0.2. */
export function settleSum(total: number): number {
  return Math.abs(total) < 1e9 ? Math.round(total * 1e6) / 1e6 : total;
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
