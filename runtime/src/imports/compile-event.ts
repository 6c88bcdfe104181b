import type { EventSource } from '@sluice/shared/http-api';
import { HOUR_MS } from '@sluice/shared/time';
import type { Circumstances } from './compile-mapping.ts';
import { convertCell } from './convert-cell.ts';
import { invalidMapping } from './invalid-mapping.ts';
import type { Fault, Row } from './row.ts';

type ToEvent = (row: Row) => { name: string; at: Date } | Fault;

const MAX_NAME = 128;
/** Earlier is a wrong clock or a wrong unit: seconds read as milliseconds are in January 1970. */
const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * Name and time of the event that a row is. A time before 1990 or more than an hour ahead, or outside the stated period,
 * is a wrong clock: the row is rejected, never moved to another time.
 */
export function compileEvent(
  { name, at, period }: EventSource,
  indexOf: (column: string) => number,
  { timeZone, now }: Circumstances,
): ToEvent {
  const nameIndex = name.kind === 'column' ? indexOf(name.column) : -1;
  const timeIndex = indexOf(at.column);
  const from = readBound(period?.from, Number.NEGATIVE_INFINITY);
  const to = readBound(period?.to, Number.POSITIVE_INFINITY);
  if (from >= to) throw invalidMapping('The period ends before it begins.', '时间范围的结束早于开始。');
  return (row) => {
    const eventName = name.kind === 'fixed' ? name.name : (row.cells[nameIndex]?.trim() ?? '');
    const nameColumn = name.kind === 'fixed' ? null : name.column;
    if (eventName === '') return { code: 'event-name-missing', column: nameColumn, value: '' };
    if (eventName.length > MAX_NAME) return { code: 'value-too-long', column: nameColumn, value: eventName };
    const { column } = at;
    const value = row.cells[timeIndex]?.trim() ?? '';
    if (value === '') return { code: 'time-missing', column, value };
    const ms = readTime(value, at.format, timeZone);
    if (ms === undefined) return { code: 'value-type', column, value };
    if (ms < EARLIEST || ms > now + HOUR_MS) return { code: 'time-implausible', column, value };
    if (ms < from || ms >= to) return { code: 'time-outside', column, value };
    return { name: eventName, at: new Date(ms) };
  };
}

function readTime(text: string, format: EventSource['at']['format'], timeZone: string): number | undefined {
  const value = convertCell(text, format === 'date' ? 'date' : 'number', timeZone);
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'number') return undefined;
  const ms = Math.round(format === 'unix-seconds' ? value * 1000 : value);
  return Number.isNaN(new Date(ms).getTime()) ? undefined : ms;
}

function readBound(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalidMapping(`${text} is no instant.`, `${text} 不是有效的时间。`);
  return ms;
}
