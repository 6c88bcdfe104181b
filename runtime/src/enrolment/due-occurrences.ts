import type { TriggerStart } from '@sluice/shared/node-contract';
import {
  DAY_MS,
  HOUR_MS,
  nextOccurrence,
  occurrencesBetween,
  parseInstant,
  type Recurrence,
} from '@sluice/shared/time';

/** A day that was missed still counts for those whose date it was, up to a week; of a schedule only the latest does. */
const MISSED_DAYS = 7;
const LOOK_BACK_MS = [HOUR_MS, DAY_MS, 8 * DAY_MS, 32 * DAY_MS, 400 * DAY_MS];
const MOST_IN_SPAN = 100_000;

/** How a trigger repeats; undefined for one that does not. */
export function recurrenceOf(start: TriggerStart, timeZone: string): Recurrence | undefined {
  if (start.kind === 'recurring') return start.recurrence;
  if (start.kind !== 'date') return undefined;
  return { repeat: { kind: 'daily', at: start.at }, timeZone: start.timeZone ?? timeZone };
}

/** When a clock starts a trigger next; undefined for one that no clock starts, or that has fired for the last time. */
export function nextStart(start: TriggerStart, timeZone: string, now: number): number | undefined {
  const recurrence = recurrenceOf(start, timeZone);
  if (recurrence) return nextOccurrence(recurrence, now);
  const at = start.kind === 'at' ? parseInstant(start.at) : undefined;
  return at !== undefined && at > now ? at : undefined;
}

/** Which occurrences from the planned one (included) up to now are to fire (ENT-7), in order. Unix milliseconds. */
export function dueOccurrences(start: TriggerStart, recurrence: Recurrence, planned: number, now: number): number[] {
  const most = start.kind === 'date' ? MISSED_DAYS : 1;
  // From short spans to long ones: a schedule of every minute that was down for months is not walked through.
  for (const span of LOOK_BACK_MS) {
    const from = Math.max(planned - 1, now - span);
    const due = occurrencesBetween(recurrence, from, now, MOST_IN_SPAN);
    if (due.length >= most || from === planned - 1) return due.slice(-most);
  }
  return occurrencesBetween(recurrence, planned - 1, now, MOST_IN_SPAN).slice(-most);
}
