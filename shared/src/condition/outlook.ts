import { DateTime } from 'luxon';
import type { Attributes, AttributeValue } from '../model/attribute.ts';
import { isInstantText } from '../time/instant.ts';
import type { Comparison, Condition, RelativeDate } from './ast.ts';
import {
  type DatasetNeed,
  datasetNeedOf,
  datasetNeeds,
  type DatasetRow,
  measureRows,
  rowsPassing,
} from './dataset-measure.ts';
import { type EvaluationInstant, isRelativeDate } from './date-span.ts';
import { type CompiledCondition, type ConditionFacts, compileCondition } from './evaluate.ts';
import {
  type EventNeed,
  eventNeedOf,
  eventNeeds,
  followingOf,
  measureEvents,
  passing,
  type PastEvent,
  spanOfWindow,
} from './event-measure.ts';
import { ownValue } from './own-value.ts';
import { movingOperands } from './reads-of.ts';

/** A verdict and how long it stands if nothing but time happens. */
export interface Outlook {
  isMatch: boolean;
  /** The first instant (Unix milliseconds) at which time alone may change the verdict; infinite when it cannot. */
  until: number;
}

export interface OutlookFacts extends ConditionFacts {
  /** The first instant at which time alone may change the value of a need; see `horizonOf`. */
  horizon: (needKey: string) => number;
  /** The first instant at which time alone may change which rows of a need match; see `horizonOfRows`. */
  detailHorizon: (needKey: string) => number;
}

/** Hours among the filters on event properties move every moment; such a condition is looked at again this often. */
const HOURLY_FILTER_MS = 300_000;

/** Answers many profiles at one instant. Pure. `until` may be earlier than the change, never later (hourly filters apart). */
export function compileOutlook(condition: Condition, instant: EvaluationInstant): (facts: OutlookFacts) => Outlook {
  switch (condition.op) {
    case 'all':
      return join(condition.of, instant, false);
    case 'any':
      return join(condition.of, instant, true);
    case 'not': {
      const inner = compileOutlook(condition.of, instant);
      return (facts) => {
        const { isMatch, until } = inner(facts);
        return { isMatch: !isMatch, until };
      };
    }
    case 'attribute': {
      const verdict = compileCondition(condition, instant);
      return (facts) => ({
        ...answer(verdict, facts),
        until: horizonOfValue(ownValue(facts.attributes, condition.name), condition.is, instant),
      });
    }
    case 'event': {
      const verdict = compileCondition(condition, instant);
      const { key } = eventNeedOf(condition);
      return (facts) => ({
        ...answer(verdict, facts),
        until: Math.min(facts.horizon(key), horizonOfValue(facts.measure(key), condition.is, instant)),
      });
    }
    case 'dataset': {
      const verdict = compileCondition(condition, instant);
      const { key } = datasetNeedOf(condition);
      return (facts) => ({
        ...answer(verdict, facts),
        until: Math.min(facts.detailHorizon(key), horizonOfValue(facts.detail(key), condition.is, instant)),
      });
    }
    case 'audience': {
      const verdict = compileCondition(condition, instant);
      return (facts) => ({ ...answer(verdict, facts), until: Number.POSITIVE_INFINITY });
    }
  }
}

/** The reference: one profile with its events in memory. */
export function outlookOf(
  condition: Condition,
  facts: {
    attributes: Attributes;
    events?: readonly PastEvent[];
    rows?: readonly DatasetRow[];
    audiences?: readonly string[];
  },
  instant: EvaluationInstant,
): Outlook {
  const { events = [], rows = [] } = facts;
  const needs = new Map(eventNeeds(condition).map((need) => [need.key, need]));
  const details = new Map(datasetNeeds(condition).map((need) => [need.key, need]));
  const detailOf = <T>(key: string, read: (need: DatasetNeed) => T) => {
    const need = details.get(key);
    return need && read(need);
  };
  const ask = <T>(key: string, read: (need: EventNeed) => T, otherwise: T) => {
    const need = needs.get(key);
    return need ? read(need) : otherwise;
  };
  return compileOutlook(
    condition,
    instant,
  )({
    attributes: facts.attributes,
    measure: (key) => ask(key, (need) => measureEvents(need, events, instant), undefined),
    horizon: (key) => ask(key, (need) => horizonOfEvents(need, events, instant), Number.POSITIVE_INFINITY),
    detail: (key) => detailOf(key, (need) => measureRows(need, rows, instant)),
    detailHorizon: (key) => {
      const isConcerned = detailOf(key, (need) => rowsPassing(staticPart(need), rows, instant).length > 0) ?? false;
      return horizonOfRows(details.get(key)?.where, isConcerned, instant);
    },
    isMember: (audience) => facts.audiences?.includes(audience) ?? false,
  });
}

/** What of a profile's events may change the value of a need by time alone. */
export interface EventOutlook {
  /** The oldest event that the window may leave behind. */
  oldestAt?: number | undefined;
  /** The next one that was reported ahead of time. */
  upcomingAt?: number | undefined;
  /** When it is decided that something did not follow. */
  decidedAt?: number | undefined;
}

/** When the value of a need changes by time alone; Unix milliseconds. */
export function horizonOf(
  need: Pick<EventNeed, 'window' | 'where' | 'followedBy'>,
  { oldestAt, upcomingAt, decidedAt }: EventOutlook,
  instant: EvaluationInstant,
): number {
  const { window, where = [], followedBy = [] } = need;
  if (window.kind === 'this-run') return Number.POSITIVE_INFINITY;
  const leavesAt = window.kind === 'last' && oldestAt !== undefined ? oldestAt + window.ms : undefined;
  const isMoved = movesWithToday(window) && (oldestAt ?? upcomingAt) !== undefined;
  const filters = [where, ...followedBy.map((step) => step.where ?? [])].flat().flatMap(({ is }) => movingOperands(is));
  return Math.min(
    leavesAt ?? Number.POSITIVE_INFINITY,
    upcomingAt ?? Number.POSITIVE_INFINITY,
    decidedAt ?? Number.POSITIVE_INFINITY,
    horizonOfDates([...filters, ...(isMoved ? datesOf(window) : [])], instant),
  );
}

/** Whether a window lies between dates of which one is relative. */
export function movesWithToday(window: EventNeed['window']): boolean {
  return datesOf(window).length > 0;
}

function datesOf(window: EventNeed['window']): RelativeDate[] {
  return window.kind === 'between' ? [window.from, window.to].filter((date) => isRelativeDate(date)) : [];
}

/** The filters of a need that time does not move: a profile without rows that pass them need never be looked at again. */
export function staticPart({ dataset, where = [] }: Pick<DatasetNeed, 'dataset' | 'where'>) {
  return { dataset, where: where.filter(({ is }) => movingOperands(is).length === 0) };
}

/** When time alone may change which rows of a need match; `isConcerned`: some row passes what does not move. */
export function horizonOfRows(where: DatasetNeed['where'], isConcerned: boolean, instant: EvaluationInstant): number {
  return isConcerned ? horizonOfFilters(where ?? [], instant) : Number.POSITIVE_INFINITY;
}

/** When time alone may change the value of a need over events in memory. */
export function horizonOfEvents(need: EventNeed, events: readonly PastEvent[], instant: EvaluationInstant): number {
  const span = spanOfWindow(need.window, instant, undefined);
  if (!span) return Number.POSITIVE_INFINITY;
  const following = followingOf(need, events, instant);
  const own = passing(need, events, instant).map(({ at }) => at);
  const steps = (need.followedBy ?? []).flatMap((step) => passing(step, events, instant).map(({ at }) => at));
  const seen = own.filter((at) => at > span.after && at <= instant.now);
  const soonest = (instants: readonly number[]) => (instants.length > 0 ? Math.min(...instants) : undefined);
  return horizonOf(
    need,
    {
      oldestAt: soonest(seen),
      upcomingAt: soonest([...own, ...steps].filter((at) => at > instant.now)),
      decidedAt: soonest(seen.map((at) => following.standsUntil(at))),
    },
    instant,
  );
}

function horizonOfFilters(filters: readonly { is: Comparison }[], instant: EvaluationInstant): number {
  return horizonOfDates(
    filters.flatMap(({ is }) => movingOperands(is)),
    instant,
  );
}

function horizonOfDates(moving: readonly RelativeDate[], { now, timeZone }: EvaluationInstant): number {
  if (moving.length === 0) return Number.POSITIVE_INFINITY;
  if (moving.some(({ unit }) => unit === 'hour')) return now + HOURLY_FILTER_MS;
  return DateTime.fromMillis(now, { zone: timeZone }).startOf('day').plus({ days: 1 }).startOf('day').toMillis();
}

function answer(verdict: CompiledCondition, facts: ConditionFacts): { isMatch: boolean } {
  return { isMatch: verdict(facts).isMatch };
}

/**
 * A group whose verdict one part decides (`decisive`: true for any, false for all) stands until the last of the deciding
 * parts may turn; otherwise any part may turn it.
 */
function join(parts: readonly Condition[], instant: EvaluationInstant, decisive: boolean) {
  const compiled = parts.map((part) => compileOutlook(part, instant));
  return (facts: OutlookFacts): Outlook => {
    let soonest = Number.POSITIVE_INFINITY;
    let decidedUntil: number | undefined;
    for (const part of compiled) {
      const { isMatch, until } = part(facts);
      if (isMatch === decisive) decidedUntil = Math.max(decidedUntil ?? 0, until);
      soonest = Math.min(soonest, until);
    }
    return decidedUntil === undefined
      ? { isMatch: !decisive, until: soonest }
      : { isMatch: decisive, until: decidedUntil };
  };
}

function horizonOfValue(value: AttributeValue | undefined, is: Comparison, instant: EvaluationInstant): number {
  const moving = movingOperands(is);
  if (moving.length === 0 || typeof value !== 'string' || !isInstantText(value)) return Number.POSITIVE_INFINITY;
  const ahead = moving.flatMap((operand) => crossings(operand, value, instant)).filter((at) => at > instant.now);
  return Math.min(...ahead, Number.POSITIVE_INFINITY);
}

/** The instants between which a moving operand stands in the same order to a value: it comes up to it, and passes it. */
function crossings({ relative, unit }: RelativeDate, value: string, { timeZone }: EvaluationInstant): number[] {
  const at = DateTime.fromISO(value, { zone: timeZone });
  if (unit === 'hour') {
    const meets = at.minus({ hours: relative }).toMillis();
    return [meets, meets + 1];
  }
  const meets = at.startOf('day').minus({ [`${unit}s`]: relative });
  // Months are of different lengths: several days may point at one, and one day at none.
  const days = unit === 'month' ? [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5] : [0, 1];
  return days.map((offset) => meets.plus({ days: offset }).startOf('day').toMillis());
}
