import { DateTime } from 'luxon';
import type { AttributeValue } from '../model/attribute.ts';
import type { Comparison, RelativeDate } from './ast.ts';

/** When and where a condition is read. Relative dates depend on both (COND-3). */
export interface EvaluationInstant {
  /** Unix milliseconds. */
  now: number;
  /** IANA zone in which relative dates and days are resolved. */
  timeZone: string;
}

/** What a date operand denotes: a whole day of the zone, or one instant. Half open, in the one spelling of instants. */
export interface DateSpan {
  from: string;
  /** The first instant that no longer belongs to it. */
  until: string;
}

export type Operand = AttributeValue | RelativeDate;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
// luxon also reads "12:00" and "2026-W05"; a condition says its day in full.
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

export function isRelativeDate(operand: Comparison['value']): operand is RelativeDate {
  return typeof operand === 'object' && operand !== null && !Array.isArray(operand) && 'relative' in operand;
}

/** Whether an operand is a date at all, whatever the zone: relative, a day, or a date with a time. */
export function isDateOperand(operand: Comparison['value']): boolean {
  return operand !== undefined && toDateSpan(operand as Operand, { now: 0, timeZone: 'UTC' }) !== undefined;
}

/**
 * The span of a date operand, undefined when it is no date. A day, and a relative date of a day or longer, is the whole
 * local day: 23, 24 or 25 hours long. Relative hours and dates with a time are one millisecond. A time without an
 * offset is local to the zone.
 */
export function toDateSpan(operand: Operand, instant: EvaluationInstant): DateSpan | undefined {
  if (isRelativeDate(operand)) return ofRelative(operand, instant);
  if (typeof operand !== 'string') return undefined;
  const isDay = DAY.test(operand);
  if (!isDay && !DATE_TIME.test(operand)) return undefined;
  const at = DateTime.fromISO(operand, { zone: instant.timeZone });
  if (!at.isValid) return undefined;
  return isDay ? dayOf(at) : momentOf(at);
}

function ofRelative({ relative, unit }: RelativeDate, { now, timeZone }: EvaluationInstant): DateSpan | undefined {
  const at = DateTime.fromMillis(now, { zone: timeZone });
  if (unit === 'hour') return momentOf(at.plus({ hours: relative }));
  return dayOf(at.startOf('day').plus({ [`${unit}s`]: relative }));
}

// startOf twice: where the clocks change at midnight, the day after starts at another hour than the day before.
function dayOf(at: DateTime): DateSpan | undefined {
  const from = at.startOf('day');
  return spanOf(from, from.plus({ days: 1 }).startOf('day'));
}

function momentOf(at: DateTime): DateSpan | undefined {
  return spanOf(at, at.plus({ milliseconds: 1 }));
}

// Instants compare as text only within the years 0000 to 9999; beyond, an operand is no date.
function spanOf(from: DateTime, until: DateTime): DateSpan | undefined {
  const spelled = { from: from.toUTC().toISO(), until: until.toUTC().toISO() };
  if (spelled.from?.length !== 24 || spelled.until?.length !== 24) return undefined;
  return { from: spelled.from, until: spelled.until };
}
