import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../access/session.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { formatBytes, formatCompact, formatCount, formatDelta, formatMoney, formatShare } from './format-number.ts';
import {
  formatAbsolute,
  formatDayOrTime,
  formatDuration,
  formatExact,
  formatMoment,
  formatSecond,
} from './format-time.ts';

const dateOf = (at: string | number) => new Date(at);

/** Numbers and times in the language on screen and the workspace's zone. Instants are ISO strings or Unix milliseconds. */
export function useFormat() {
  const language = useLanguage();
  const timeZone = useTimeZone();
  const justNow = useTranslation('ui').t('justNow');
  return useMemo(() => {
    const style = { language, timeZone, justNow };
    return {
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      share: (part: number, whole: number) => formatShare(part, whole, language),
      money: (value: number, currency: string | null | undefined) => formatMoney(value, currency, language),
      delta: (now: number, before: number) => formatDelta(now, before, language),
      bytes: (value: number) => formatBytes(value, language),
      duration: (durationMs: number) => formatDuration(durationMs, language),
      exact: (at: string | number) => formatExact(dateOf(at), style),
      second: (at: string | number) => formatSecond(dateOf(at), style),
      absolute: (at: string | number, nowMs: number) => formatAbsolute(dateOf(at), nowMs, style),
      dayOrTime: (at: string | number, nowMs: number) => formatDayOrTime(dateOf(at), nowMs, style),
      moment: (at: string | number, nowMs: number) => formatMoment(dateOf(at), nowMs, style),
    };
  }, [language, timeZone, justNow]);
}
