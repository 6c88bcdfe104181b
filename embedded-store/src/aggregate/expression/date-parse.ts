import { FixedOffsetZone, type Zone } from 'luxon';
import { StoreError } from '../../bson/store-error.ts';
import { fromLocal, zoneOf } from './date-zone.ts';

function failure(text: string, reason: string): StoreError {
  return new StoreError(241, `Error parsing date string '${text}'; ${reason}`);
}

const ISO =
  /^(\d{4})-?(\d\d)(?:-?(\d\d))?(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?|UTC|GMT)?$/;

/**
 * A date written as ISO 8601, the form that MongoDB's manual documents. MongoDB also guesses at other forms
 * ("next friday"); those are refused here.
 */
export function parseDate(text: string, zone: Zone | undefined): Date {
  const match = ISO.exec(text);
  if (!match) throw failure(text, 'use an ISO 8601 date such as 2026-03-01T09:30:00Z');
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '', offset] = match;
  if (offset && zone) {
    throw failure(
      text,
      `you cannot pass in a date/time string with time zone information ('${offset}') together with a timezone argument`,
    );
  }
  const local = buildLocal(text, [year, month, day, hour, minute, second].map(Number), milliseconds(fraction));
  return fromLocal(local, offset ? zoneOf(offset) : (zone ?? FixedOffsetZone.utcInstance));
}

function milliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function buildLocal(text: string, fields: number[], ms: number): Date {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields;
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second, ms));
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  if (!isReal || minute > 59 || second > 59) throw failure(text, 'it is not a date of the calendar');
  return date;
}

const FIELD: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<B>[A-Za-z]+)',
  j: '(?<j>\\d{1,3})',
  z: '(?<z>Z|[+-]\\d\\d:?\\d\\d)',
  Z: '(?<Z>[+-]?\\d+)',
  '%': '%',
};

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date written in a given format (`$dateFromString`). */
export function parseDateAs(text: string, format: string, zone: Zone | undefined): Date {
  const pattern = format.replace(/%(.)|[\^$\\.*+?()[\]{}|/]/gs, (piece, char: string | undefined) => {
    if (char === undefined) return `\\${piece}`;
    const field = FIELD[char];
    if (!field) throw new StoreError(18536, `Invalid format character '%${char}' in format string`);
    return field;
  });
  const fields = new RegExp(`^${pattern}$`, 'u').exec(text)?.groups;
  if (!fields) throw failure(text, `it does not have the format '${format}'`);
  const name = (fields['b'] ?? fields['B'])?.slice(0, 3).toLowerCase();
  const month = name === undefined ? Number(fields['m'] ?? 1) : MONTH_NAMES.indexOf(name) + 1;
  const dayOfYear = fields['j'];
  const local = buildLocal(
    text,
    [
      fields['Y'] ?? 1970,
      dayOfYear ? 1 : month,
      dayOfYear ? 1 : (fields['d'] ?? 1),
      fields['H'] ?? 0,
      fields['M'] ?? 0,
      fields['S'] ?? 0,
    ].map(Number),
    Number(fields['L'] ?? 0),
  );
  if (dayOfYear) local.setUTCDate(Number(dayOfYear));
  const offset = fields['z'];
  if (offset) return fromLocal(local, zoneOf(offset));
  if (fields['Z']) return new Date(local.getTime() - Number(fields['Z']) * 60_000);
  return fromLocal(local, zone ?? FixedOffsetZone.utcInstance);
}
