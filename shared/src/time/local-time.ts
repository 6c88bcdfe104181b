import { Type } from 'typebox';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import type { Wall } from './wall-clock.ts';

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const DATE = /^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;

/** `09:30`: a time of day without a date or a zone. */
export const TimeOfDay = Type.String({ pattern: TIME.source });

/** `2026-11-22`: a date without a zone. That the month has the day is for `isLocalDate` to say. */
export const LocalDate = Type.String({ pattern: DATE.source });

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export const Weekday = Type.Integer({ minimum: 1, maximum: 7 });

/** The name of a zone in the IANA database; that it exists is for `isTimeZone` to say. */
export const TimeZoneName = Type.String({ maxLength: 64, pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$' });

/** Whether a text is a date that exists: no 30 February. */
export function isLocalDate(text: string): boolean {
  return (
    DATE.test(text) && Number(text.slice(8)) <= monthLength(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1)
  );
}

/** The reading at the start of a date. Throws for a text that is none. */
export function wallOfDate(date: string): Wall {
  if (!isLocalDate(date)) throw new RangeError(`"${date}" is no date`);
  return Date.parse(date);
}

/** Milliseconds from midnight on the wall clock. Throws for a text that is no time of day. */
export function msOfDay(time: string): number {
  if (!TIME.test(time)) throw new RangeError(`"${time}" is no time of day`);
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3)) * MINUTE_MS;
}

/** The date of a reading, as it is written. */
export function spellDate(wall: Wall): string {
  return new Date(wall).toISOString().slice(0, 10);
}

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** ISO weekday of a reading: 1 is Monday, 7 is Sunday. 1 January 1970 was a Thursday. */
export function weekdayOf(wall: Wall): number {
  return ((((Math.floor(wall / DAY_MS) + 3) % 7) + 7) % 7) + 1;
}

/** The day of the month of a reading, and how many days that month has. */
export function dayOfMonth(wall: Wall): { day: number; length: number } {
  const date = new Date(wall);
  return { day: date.getUTCDate(), length: monthLength(date.getUTCFullYear(), date.getUTCMonth()) };
}

/** How many days a month has; `month` counts from 0. */
export function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
