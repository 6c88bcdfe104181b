import type { Condition } from './ast.ts';
import { compileComparison } from './compile-comparison.ts';
import type { EvaluationInstant } from './date-span.ts';

export type AttributeLeaf = Extract<Condition, { op: 'attribute' }>;
export type EventLeaf = Extract<Condition, { op: 'event' }>;
export type AudienceLeaf = Extract<Condition, { op: 'audience' }>;

/** What must be known of a profile's events to answer an event leaf: one number. Leaves that ask for the same share it. */
export interface EventNeed extends Pick<EventLeaf, 'name' | 'where' | 'measure' | 'window'> {
  key: string;
}

/** An event as a fact: Unix milliseconds, instants among its properties in their one spelling. */
export interface PastEvent {
  name: string;
  at: number;
  properties: Readonly<Record<string, unknown>>;
}

export function eventNeedOf(leaf: EventLeaf): EventNeed {
  const { name, where = [], measure, window } = leaf;
  return { name, where, measure, window, key: JSON.stringify([name, where, measure, window]) };
}

/** The numbers a condition needs, each once: what a reader has to aggregate before it can answer. */
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

/**
 * From when on events count (Unix milliseconds, included); `after` excludes the bound itself. Undefined: none count,
 * because the leaf asks about a run and there is none. No window reaches beyond now, so an event with a wild clock does
 * not count before its time.
 */
export function windowStart(
  window: EventLeaf['window'],
  now: number,
  enteredAt: number | undefined,
): { at: number; isIncluded: boolean } | undefined {
  if (window.kind === 'ever') return { at: Number.NEGATIVE_INFINITY, isIncluded: true };
  if (window.kind === 'last') return { at: now - window.ms, isIncluded: false };
  return enteredAt === undefined ? undefined : { at: enteredAt, isIncluded: true };
}

/** The number of a need over events in memory; the reference that the store's aggregation is tested against. Pure. */
export function measureEvents(
  need: EventNeed,
  events: readonly PastEvent[],
  instant: EvaluationInstant,
  enteredAt?: number,
): number {
  const start = windowStart(need.window, instant.now, enteredAt);
  if (!start) return 0;
  const filters = (need.where ?? []).map(({ property, is }) => ({ property, test: compileComparison(is, instant) }));
  let total = 0;
  for (const event of events) {
    if (event.name !== need.name || event.at > instant.now) continue;
    if (event.at < start.at || (event.at === start.at && !start.isIncluded)) continue;
    if (!filters.every(({ property, test }) => test(event.properties[property]))) continue;
    total += need.measure.kind === 'count' ? 1 : numberOr0(event.properties[need.measure.property]);
  }
  return settleSum(total);
}

/** Rounds away the noise of adding floating-point numbers in another order, so that all readings agree on 0.1 + 0.2. */
export function settleSum(total: number): number {
  return Math.abs(total) < 1e9 ? Math.round(total * 1e6) / 1e6 : total;
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
