import { Long } from 'bson';
import type { Zone } from 'luxon';
import { StoreError } from '../../bson/store-error.ts';
import { describeType } from './arguments.ts';
import { fromLocal, inZone, toLocal } from './date-zone.ts';

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type DateUnit = (typeof UNITS)[number];

const DAY_MS = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const FIXED_MS: Readonly<Partial<Record<DateUnit, number>>> = { hour: 3_600_000, minute: 60_000, second: 1000 };

/** Bins wider than one unit are counted from here (MongoDB manual, "$dateTrunc"). */
const REFERENCE_MS = Date.UTC(2000, 0, 1);
const REFERENCE_WEEKDAY = 6;

export function unitOf(value: unknown, name: string): DateUnit {
  if (typeof value !== 'string') {
    throw new StoreError(5439013, `${name} requires 'unit' to be a string, but got ${describeType(value)}`);
  }
  const unit = UNITS.find((known) => known === value);
  if (!unit) throw new StoreError(9, `${name} parameter 'unit' value cannot be recognized as a time unit: ${value}`);
  return unit;
}

export function weekdayOf(value: unknown, name: string): number {
  if (value === undefined) return 0;
  if (typeof value !== 'string') {
    throw new StoreError(5439015, `${name} requires 'startOfWeek' to be a string, but got ${describeType(value)}`);
  }
  const text = value.toLowerCase();
  const day = WEEKDAYS.findIndex((weekday) => weekday === text || weekday.slice(0, 3) === text);
  if (day < 0)
    throw new StoreError(9, `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${value}`);
  return day;
}

/** Adds calendar units in the zone: a day there may have 23 or 25 hours, a month ends where it ends. */
export function addUnits(date: Date, unit: DateUnit, amount: number, zone: Zone): Date {
  const result = inZone(date, zone)
    .plus({ [unit]: amount })
    .toJSDate();
  if (Number.isNaN(result.getTime())) throw new StoreError(5166406, '$dateAdd overflowed');
  return result;
}

function monthsOf(local: Date): number {
  return (local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth();
}

const MONTHS: Readonly<Partial<Record<DateUnit, number>>> = { year: 12, quarter: 3, month: 1 };

/** The lower bound of the bin of `size` units that holds the date. */
export function truncateDate(date: Date, unit: DateUnit, size: number, zone: Zone, firstWeekday: number): Date {
  const local = toLocal(date, zone);
  const months = MONTHS[unit];
  if (months !== undefined) {
    const width = months * size;
    const start = Math.floor(monthsOf(local) / width) * width;
    return fromLocal(new Date(Date.UTC(2000, start, 1)), zone);
  }
  if (unit === 'week' || unit === 'day') {
    const shift = unit === 'week' ? (firstWeekday - REFERENCE_WEEKDAY + 7) % 7 : 0;
    return fromLocal(
      new Date(floorTo(local, REFERENCE_MS + shift * DAY_MS, size * (unit === 'week' ? 7 : 1) * DAY_MS)),
      zone,
    );
  }
  // Within an hour the zone's offset stays, so that an hour that a clock change repeats is not lost.
  const offset = local.getTime() - date.getTime();
  return new Date(floorTo(local, REFERENCE_MS, size * (FIXED_MS[unit] ?? 1)) - offset);
}

function floorTo(local: Date, reference: number, width: number): number {
  return reference + Math.floor((local.getTime() - reference) / width) * width;
}

/** How many boundaries of the unit lie between two dates. */
export function differenceInUnits(start: Date, end: Date, unit: DateUnit, zone: Zone, firstWeekday: number): Long {
  const from = toLocal(start, zone);
  const to = toLocal(end, zone);
  const months = MONTHS[unit];
  if (months !== undefined) {
    return Long.fromNumber(Math.floor(monthsOf(to) / months) - Math.floor(monthsOf(from) / months));
  }
  if (unit === 'week') {
    const weekOf = (local: Date): number => Math.floor((local.getTime() / DAY_MS + 4 - firstWeekday) / 7);
    return Long.fromNumber(weekOf(to) - weekOf(from));
  }
  if (unit === 'day') {
    return Long.fromNumber(Math.floor(to.getTime() / DAY_MS) - Math.floor(from.getTime() / DAY_MS));
  }
  const width = FIXED_MS[unit] ?? 1;
  const floor = (date: Date): number => truncateDate(date, unit, 1, zone, 0).getTime();
  return Long.fromNumber(Math.round((floor(end) - floor(start)) / width));
}
