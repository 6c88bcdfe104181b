import { DateTime } from 'luxon';
import type { Locale } from '../model/locale.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.ts';

const UNITS = [
  { ms: DAY_MS, 'en-US': 'd', 'zh-CN': '天' },
  { ms: HOUR_MS, 'en-US': 'h', 'zh-CN': '小时' },
  { ms: MINUTE_MS, 'en-US': 'min', 'zh-CN': '分钟' },
  { ms: SECOND_MS, 'en-US': 's', 'zh-CN': '秒' },
] as const;

/** A span in its units, largest first, down to the second: "2 h", "1 d 6 h", "2 小时". What is below a second is dropped. */
export function describeDuration(durationMs: number, locale: Locale): string {
  const parts: string[] = [];
  let rest = Math.max(0, durationMs);
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push(`${count} ${unit[locale]}`);
  }
  return parts.length > 0 ? parts.join(' ') : `0 ${UNITS[3][locale]}`;
}

/** An instant (ISO-8601) as date and time of day in a zone; the text itself where it is no instant, so that it is seen. */
export function describeInstant(at: string, locale: Locale, timeZone: string): string {
  const instant = DateTime.fromISO(at, { zone: timeZone });
  return instant.isValid ? instant.setLocale(locale).toLocaleString(DateTime.DATETIME_MED) : at;
}
