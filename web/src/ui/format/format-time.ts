import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@sluice/shared/time';
import type { Language } from '../../i18n/language.ts';

export interface TimeStyle {
  language: Language;
  /** IANA zone of the workspace. */
  timeZone: string;
  /** Word for less than a minute ago; Intl only has a stiff "now". */
  justNow: string;
}

/** Date and time to the second, for lists whose zone is named elsewhere. */
export function formatSecond(at: Date, { language, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** To the second with the zone behind it (Intl puts it inside the date in Chinese): what stands on hover. */
export function formatExact(at: Date, style: TimeStyle): string {
  const { language, timeZone } = style;
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return `${formatSecond(at, style)} ${parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone}`;
}

/** Date and time to the minute; the year only when it is not this one. */
export function formatAbsolute(at: Date, nowMs: number, { language, timeZone }: TimeStyle): string {
  const yearOf = (instant: Date | number) =>
    new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(instant);
  const isThisYear = yearOf(at) === yearOf(nowMs);
  return new Intl.DateTimeFormat(language, {
    timeZone,
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** A day without its time where the time is local midnight (a birthday), otherwise to the minute. */
export function formatDayOrTime(at: Date, nowMs: number, style: TimeStyle): string {
  const { language, timeZone } = style;
  const clock = new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'medium', hourCycle: 'h23' }).format(at);
  if (clock !== '00:00:00') return formatAbsolute(at, nowMs, style);
  return new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium' }).format(at);
}

/** "5 minutes ago", "in 2 hours"; below a minute the seconds do not matter. */
export function formatRelative(at: Date, nowMs: number, { language, justNow }: TimeStyle): string {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const deltaMs = at.getTime() - nowMs;
  const distanceMs = Math.abs(deltaMs);
  if (distanceMs < MINUTE_MS && deltaMs <= 0) return justNow;
  if (distanceMs < MINUTE_MS) return relative.format(Math.trunc(deltaMs / SECOND_MS), 'second');
  if (distanceMs < HOUR_MS) return relative.format(Math.trunc(deltaMs / MINUTE_MS), 'minute');
  if (distanceMs < DAY_MS) return relative.format(Math.trunc(deltaMs / HOUR_MS), 'hour');
  return relative.format(Math.trunc(deltaMs / DAY_MS), 'day');
}

/** Relative within a day of now, absolute beyond. */
export function formatMoment(at: Date, nowMs: number, style: TimeStyle): string {
  const isNear = Math.abs(at.getTime() - nowMs) < DAY_MS;
  return isNear ? formatRelative(at, nowMs, style) : formatAbsolute(at, nowMs, style);
}

const DURATION_UNITS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: HOUR_MS },
  { unit: 'minute', ms: MINUTE_MS },
  { unit: 'second', ms: SECOND_MS },
] as const;

/** The two largest units of a duration: "1 day 4 hr"; below a second, milliseconds. */
export function formatDuration(durationMs: number, language: Language): string {
  const partOf = (value: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (durationMs < SECOND_MS) return partOf(Math.round(durationMs), 'millisecond');
  const parts: string[] = [];
  let restMs = durationMs;
  for (const { unit, ms } of DURATION_UNITS) {
    const value = Math.floor(restMs / ms);
    restMs -= value * ms;
    if (value > 0) parts.push(partOf(value, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}
