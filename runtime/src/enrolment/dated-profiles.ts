import type { TriggerStart } from '@sluice/shared/node-contract';
import { DAY_MS, isLocalDate, occurrencesBetween, wallOf, wallOfDate } from '@sluice/shared/time';
import type { Filter } from 'mongodb';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { recurrenceOf } from './due-occurrences.ts';

type DateStart = Extract<TriggerStart, { kind: 'date' }> & { timeZone: string };

/** Profiles looked at together; of each only the one attribute is read. */
const PAGE = 5000;

/**
 * Profiles whose date means an occurrence of the trigger, in the order of their ids, a page at a time (ENT-8). Every profile
 * that has the attribute is looked at once a day: month and day of a date are no range that an index could answer.
 */
export async function* streamDated(
  database: Database,
  start: DateStart,
  occurrence: number,
  { batchSize, afterId }: { batchSize: number; afterId?: string },
): AsyncGenerator<{ lastId: string; profiles: ProfileRecord[] }> {
  const stored = database.collection(profiles);
  const day = dateShown(occurrence, start.timeZone, -start.offsetDays);
  const path = `attributes.${start.attribute}`;
  let from = afterId;
  for (;;) {
    const page = await stored
      .find({ ...(from !== undefined && { _id: { $gt: from } }), ...narrow(path, start, day) })
      .project<Pick<ProfileRecord, '_id' | 'attributes'>>({ [path]: 1 })
      .sort({ _id: 1 })
      .limit(PAGE)
      .toArray();
    const last = page.at(-1);
    if (!last) return;
    const matching = page.filter(({ attributes }) => isDay(attributes[start.attribute], day, start));
    for (let first = 0; first < matching.length; first += batchSize) {
      const ids = matching.slice(first, first + batchSize).map(({ _id }) => _id);
      const found = await stored
        .find({ _id: { $in: ids } })
        .sort({ _id: 1 })
        .toArray();
      yield { lastId: ids.at(-1) ?? last._id, profiles: found };
    }
    // Where nobody matched the walk has moved on all the same.
    yield { lastId: last._id, profiles: [] };
    if (page.length < PAGE) return;
    from = last._id;
  }
}

/** Whether a stored value is the day that the trigger waits for. */
export function isDay(
  value: StoredValue | undefined,
  day: string,
  { repeat, timeZone }: Pick<DateStart, 'repeat' | 'timeZone'>,
): boolean {
  const date = dateOf(value, timeZone);
  if (date === undefined) return false;
  if (repeat === 'once') return date === day;
  const monthDay = date.slice(5);
  return monthDay === day.slice(5) || (monthDay === '02-29' && day.slice(5) === '02-28' && !isLeapYear(day));
}

/** When a trigger that waits for a date means a profile next, within the days ahead; undefined where it does not. */
export function nextDated(
  value: StoredValue | undefined,
  start: DateStart,
  now: number,
  days: number,
): number | undefined {
  const recurrence = recurrenceOf(start, start.timeZone);
  if (!recurrence) return undefined;
  return occurrencesBetween(recurrence, now, now + days * DAY_MS, days + 1).find((at) =>
    isDay(value, dateShown(at, start.timeZone, -start.offsetDays), start),
  );
}

/** The date that the wall clock of a zone shows, some days on. */
export function dateShown(at: number, timeZone: string, days: number): string {
  return new Date(wallOf(at, timeZone) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A value at midnight UTC is a date as it was written; any other instant is read in the zone. */
function dateOf(value: StoredValue | undefined, timeZone: string): string | undefined {
  if (typeof value === 'string' && isLocalDate(value)) return value;
  const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return at % DAY_MS === 0 ? new Date(at).toISOString().slice(0, 10) : dateShown(at, timeZone, 0);
}

function isLeapYear(day: string): boolean {
  return isLocalDate(`${day.slice(0, 4)}-02-29`);
}

/** What the store can leave out by itself: for one date all but three days, else those who have no such attribute. */
function narrow(path: string, { repeat }: DateStart, day: string): Filter<ProfileRecord> {
  if (repeat === 'yearly') return { [path]: { $exists: true } };
  const from = new Date(wallOfDate(day) - DAY_MS);
  const until = new Date(wallOfDate(day) + 2 * DAY_MS);
  const asText = { $gte: from.toISOString().slice(0, 10), $lt: until.toISOString().slice(0, 10) };
  return { $or: [{ [path]: { $gte: from, $lt: until } }, { [path]: asText }] } as Filter<ProfileRecord>;
}
