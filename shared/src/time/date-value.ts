import { DAY_MS, HOUR_MS } from './durations.ts';
import { isLocalDate, monthLength, msOfDay, startOfDay, wallOfDate } from './local-time.ts';
import { instantOf, type Wall, wallOf } from './wall-clock.ts';

/** Days are those of the wall clock; hours are elapsed time. */
export interface DateOffset {
  /** Negative: before. */
  amount: number;
  unit: 'day' | 'hour';
}

export interface DateReading {
  timeZone: string;
  offset: DateOffset;
  /** Time of day on the day found; without it, and for an offset in hours, the time of the value itself counts. */
  at?: string;
}

/** The longest year, so that an offset never reaches past the year before or after. */
const MOST_DAYS = 366;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * The instant (Unix milliseconds) that lies an offset away from a date or a date with time, as an attribute holds it.
 * A date begins at midnight in the zone. Undefined for a value that is no date.
 */
export function instantNear(value: unknown, reading: DateReading): number | undefined {
  const wall = readDateValue(value, reading.timeZone);
  return wall === undefined ? undefined : shift(wall, reading);
}

/**
 * The same for a date that comes round each year, such as a birthday: the first such instant at or after `from`.
 * 29 February is 28 February in a year without it.
 */
export function nextYearlyInstantNear(value: unknown, reading: DateReading, from: number): number | undefined {
  const wall = readDateValue(value, reading.timeZone);
  if (wall === undefined) return undefined;
  const year = new Date(wallOf(from, reading.timeZone)).getUTCFullYear();
  for (const candidate of [year - 1, year, year + 1, year + 2]) {
    const at = shift(inYear(wall, candidate), reading);
    if (at >= from) return at;
  }
  throw new RangeError(`An offset of ${reading.offset.amount} ${reading.offset.unit}s is more than a year`);
}

/** The wall-clock reading of an attribute's value. An instant is read in the zone; a time without a zone belongs to it. */
function readDateValue(value: unknown, timeZone: string): Wall | undefined {
  if (typeof value !== 'string') return undefined;
  if (isLocalDate(value)) return wallOfDate(value);
  const parts = DATE_TIME.exec(value);
  if (parts === null || !isLocalDate(value.slice(0, 10))) return undefined;
  const at = Date.parse(parts[3] === undefined ? `${value}Z` : value);
  if (Number.isNaN(at)) return undefined;
  return parts[3] === undefined ? at : wallOf(at, timeZone);
}

function shift(wall: Wall, { timeZone, offset: { amount, unit }, at }: DateReading): number {
  if (unit === 'hour') return instantOf(wall, timeZone) + amount * HOUR_MS;
  const day = wall + amount * DAY_MS;
  return instantOf(at === undefined ? day : startOfDay(day) + msOfDay(at), timeZone);
}

function inYear(wall: Wall, year: number): Wall {
  const date = new Date(wall);
  const day = Math.min(date.getUTCDate(), monthLength(year, date.getUTCMonth()));
  return Date.UTC(year, date.getUTCMonth(), day) + (wall - startOfDay(wall));
}

/** The most that an offset of a yearly date may be, in its unit. */
export const MOST_OFFSET = { day: MOST_DAYS, hour: MOST_DAYS * 24 } as const;
