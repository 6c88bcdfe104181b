/** What the format of a cell says about its number: a day, an instant, a time of day; undefined for a plain number. */
export type DateFormat = 'date' | 'date-time' | 'time' | undefined;

// Numbers of formats that a workbook need not spell out (ECMA-376, 18.8.30), with those of Chinese, Japanese and Korean versions.
const DATES = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const DATE_TIMES = new Set([22]);
const TIMES = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]);

/** By the number of a format and, for one of the workbook's own, its code such as `yyyy-mm-dd`. */
export function readDateFormat(id: number, code: string | undefined): DateFormat {
  if (DATES.has(id)) return 'date';
  if (DATE_TIMES.has(id)) return 'date-time';
  if (TIMES.has(id)) return 'time';
  if (code === undefined) return undefined;
  // Quoted text, escaped characters, colours and locales in brackets; `[h]` counts hours and is no date.
  const letters = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]
    ?.toLowerCase();
  if (letters === undefined || /general|[#0?](?!\d*s)/.test(letters.replaceAll(/s\.0+/g, 's'))) return undefined;
  const hasDay = /[yde]|年|月|日/.test(letters) || /^[^hs]*m[^hs]*$/.test(letters);
  const hasTime = /[hs]/.test(letters);
  return hasDay ? (hasTime ? 'date-time' : 'date') : hasTime ? 'time' : undefined;
}

const DAY_MS = 86_400_000;
/** Day 0 of the two ways in which workbooks count days. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const LAST_DAY = 2_958_465;

/** A count of days as text that the conversion of cells reads as a date; the number itself where it is none. */
export function toDateText(days: number, format: NonNullable<DateFormat>, is1904: boolean): string {
  if (!(days >= 0 && days <= LAST_DAY)) return String(days);
  // Day 60 is 1900-02-29, which never was: days before it are one further on.
  const counted = !is1904 && days < 60 ? days + 1 : days;
  const at = new Date(Math.round(((is1904 ? EPOCH_1904 : EPOCH_1900) + counted * DAY_MS) / 1000) * 1000);
  const text = at.toISOString();
  if (format === 'time' && days < 1) return text.slice(11, 19);
  const hasTime = !text.endsWith('T00:00:00.000Z');
  return format === 'date' && !hasTime ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
