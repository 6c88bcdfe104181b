import type { Zone } from 'luxon';
import { StoreError } from '../../bson/store-error.ts';
import { offsetAt, toLocal } from './date-zone.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY_MS = 86_400_000;

export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  dayOfYear: number;
  /** 1 is Sunday. */
  dayOfWeek: number;
  /** Weeks begin on Sunday; the days before the first one are week 0. */
  week: number;
  isoYear: number;
  isoWeek: number;
  /** 1 is Monday. */
  isoDayOfWeek: number;
}

export function partsOf(date: Date, zone: Zone): DateParts {
  const local = toLocal(date, zone);
  const year = local.getUTCFullYear();
  const dayOfYear = Math.floor((local.getTime() - new Date(0).setUTCFullYear(year, 0, 1)) / DAY_MS) + 1;
  const weekday = local.getUTCDay();
  const isoDayOfWeek = weekday === 0 ? 7 : weekday;
  // The Thursday of a week decides which ISO year and week it is.
  const thursday = new Date(local.getTime() + (4 - isoDayOfWeek) * DAY_MS);
  const isoYear = thursday.getUTCFullYear();
  const isoWeek = Math.floor((thursday.getTime() - new Date(0).setUTCFullYear(isoYear, 0, 1)) / DAY_MS / 7) + 1;
  return {
    year,
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    dayOfYear,
    dayOfWeek: weekday + 1,
    week: Math.floor((dayOfYear - 1 + 7 - weekday) / 7),
    isoYear,
    isoWeek,
    isoDayOfWeek,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function year(value: number): string {
  if (value < 0 || value > 9999)
    throw new StoreError(18537, `$dateToString is only defined on year 0-9999, tried to use year ${value}`);
  return pad(value, 4);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

const SPECIFIERS: Readonly<Record<string, (parts: DateParts, offset: number) => string>> = {
  '%': () => '%',
  b: (p) => MONTHS[p.month - 1]!.slice(0, 3),
  B: (p) => MONTHS[p.month - 1]!,
  d: (p) => pad(p.day, 2),
  G: (p) => year(p.isoYear),
  H: (p) => pad(p.hour, 2),
  j: (p) => pad(p.dayOfYear, 3),
  L: (p) => pad(p.millisecond, 3),
  m: (p) => pad(p.month, 2),
  M: (p) => pad(p.minute, 2),
  S: (p) => pad(p.second, 2),
  u: (p) => String(p.isoDayOfWeek),
  U: (p) => pad(p.week, 2),
  V: (p) => pad(p.isoWeek, 2),
  w: (p) => String(p.dayOfWeek),
  Y: (p) => year(p.year),
  z: (_p, offset) => offsetText(offset),
  Z: (_p, offset) => `${offset < 0 ? '-' : '+'}${Math.abs(offset)}`,
};

/** Refuses a format with a specifier that does not exist. */
export function assertFormat(format: string): void {
  for (let i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
    const char = format[i + 1];
    if (char === undefined) throw new StoreError(18535, "Unmatched '%' at end of format string");
    if (!Object.hasOwn(SPECIFIERS, char))
      throw new StoreError(18536, `Invalid format character '%${char}' in format string`);
  }
}

export function formatDate(date: Date, format: string, zone: Zone): string {
  const parts = partsOf(date, zone);
  const offset = offsetAt(date.getTime(), zone);
  return format.replace(/%(.)/gs, (_all, char: string) => SPECIFIERS[char]!(parts, offset));
}
