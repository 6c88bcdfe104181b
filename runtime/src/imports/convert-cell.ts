import type { ValueType } from '@sluice/shared/model';
import { DateTime } from 'luxon';
import { toStoredValue } from '../profiles/stored-value.ts';
import type { StoredValue } from '../profiles/profile-record.ts';

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i;
const GROUPED = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const TRUE = new Set(['true', 'yes', 'y', 't', '1', '是', '真']);
const FALSE = new Set(['false', 'no', 'n', 'f', '0', '否', '假']);
// Year first, in every order of precision; day-first and month-first dates cannot be told apart, so neither is guessed.
const DATE =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[-+]\d{2}:?\d{2})?$/i;
const CHINESE_DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;
const MAX_ITEMS = 1000;
const MAX_ITEM_LENGTH = 1024;

/** A cell as a value of its type; undefined when it does not have that type. A cell of blanks is no value and comes here never. */
export function convertCell(cell: string, type: ValueType, timeZone: string): StoredValue | undefined {
  switch (type) {
    case 'string':
      return toStoredValue(cell);
    case 'number':
      return readNumber(cell.trim());
    case 'boolean':
      return readBoolean(cell.trim().toLowerCase());
    case 'date':
      return readDate(cell.trim(), timeZone);
    case 'list':
      return readList(cell.trim());
  }
}

function readNumber(text: string): number | undefined {
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text;
  if (!NUMBER.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function readBoolean(text: string): boolean | undefined {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}

const days = new Map<string, number>();
const MOST_DAYS = 50_000;
const LONGEST_DAY = 'yyyy-mm-dd'.length;

/** Days without a time are few and come again and again; to ask the library costs more than all else about a row. */
function readDate(text: string, timeZone: string): Date | undefined {
  if (text.length > LONGEST_DAY) return readMoment(text, timeZone);
  const key = `${text} ${timeZone}`;
  const kept = days.get(key);
  if (kept !== undefined) return new Date(kept);
  const at = readMoment(text, timeZone);
  if (days.size >= MOST_DAYS) days.clear();
  if (at) days.set(key, at.getTime());
  return at;
}

/** Without an offset the time is that of the workspace's zone. */
function readMoment(text: string, timeZone: string): Date | undefined {
  const match = DATE.exec(text) ?? CHINESE_DATE.exec(text.replaceAll(' ', ''));
  if (!match) return undefined;
  const isChinese = match.length === 4;
  const [year, month, day] = isChinese ? match.slice(1, 4) : [match[1], match[3], match[4]];
  const [hour, minute, second, fraction, offset] = isChinese ? [] : match.slice(5);
  const zone = offset ? (/^z$/i.test(offset) ? 'utc' : `UTC${offset}`) : timeZone;
  const at = DateTime.fromObject(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      millisecond: fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0,
    },
    { zone },
  );
  return at.isValid ? at.toJSDate() : undefined;
}

/** A JSON array of plain values, or items between `|` or `;`. */
function readList(text: string): (string | number | boolean)[] | undefined {
  const items = text.startsWith('[') ? readJsonList(text) : text.split(/[|;；]/).map((item) => item.trim());
  const kept = items?.filter((item) => item !== '');
  const isFine = kept?.every((item) => typeof item !== 'string' || item.length <= MAX_ITEM_LENGTH);
  return kept && isFine && kept.length <= MAX_ITEMS ? kept : undefined;
}

function readJsonList(text: string): (string | number | boolean)[] | undefined {
  try {
    const items: unknown = JSON.parse(text);
    const isPlain = (item: unknown) => ['string', 'number', 'boolean'].includes(typeof item);
    return Array.isArray(items) && items.every(isPlain) ? items : undefined;
  } catch {
    // A cell that begins like a list and is none is rejected with its value, as any other of a wrong type.
    return undefined;
  }
}
