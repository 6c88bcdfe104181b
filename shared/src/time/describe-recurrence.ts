import cronstrue from 'cronstrue';
import 'cronstrue/locales/zh_CN.js';
import { Info } from 'luxon';
import { fillText, type Locale } from '../model/locale.ts';
import { describeInstant } from './describe-time.ts';
import type { Recurrence, Repeat } from './recurrence.ts';
import { RECURRENCE_WORDS } from './texts/recurrence.ts';

/** No month is shorter. */
const SHORTEST_MONTH = 28;
const JOINER = ' · ';

/** "Monday and Friday at 09:00 · Europe/Berlin · from Mar 1, 2026, 9:00 AM", "每周一和周五 09:00 · …". */
export function describeRecurrence(recurrence: Recurrence, locale: Locale): string {
  const { repeat, timeZone, startAt, endAt } = recurrence;
  const words = RECURRENCE_WORDS[locale];
  return [
    describeRepeat(repeat, locale),
    timeZone,
    ...(startAt === undefined ? [] : [fillText(words.from, { from: describeInstant(startAt, locale, timeZone) })]),
    ...(endAt === undefined ? [] : [fillText(words.until, { until: describeInstant(endAt, locale, timeZone) })]),
  ].join(JOINER);
}

/** ISO weekdays in the order of the week, each once: "Mon–Fri", "Mon, Wed, and Sat", "周一至周五", "周一、周三和周六". */
export function describeWeekdays(days: readonly number[], locale: Locale): string {
  const words = RECURRENCE_WORDS[locale];
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first = 1] = sorted;
  if (sorted.length === 7) return words.everyDay;
  const names = sorted.map((day) => nameOfWeekday(day, locale));
  if (sorted.length > 2 && sorted.every((day, index) => day === first + index))
    return fillText(words.fromTo, { from: names[0] ?? '', to: names.at(-1) ?? '' });
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

/** The short name of an ISO weekday: "Mon", "周一". */
export function nameOfWeekday(day: number, locale: Locale): string {
  return Info.weekdays('short', { locale })[day - 1] ?? String(day);
}

function describeRepeat(repeat: Repeat, locale: Locale): string {
  const words = RECURRENCE_WORDS[locale];
  if (repeat.kind === 'cron') return describeCron(repeat.expression, locale);
  const { at } = repeat;
  if (repeat.kind === 'daily') return fillText(words.daily, { at });
  if (repeat.kind === 'every-days')
    return repeat.every === 1
      ? fillText(words.daily, { at })
      : fillText(words.everyDays, { every: repeat.every, from: repeat.from, at });
  if (repeat.kind === 'weekdays')
    return new Set(repeat.days).size === 7
      ? fillText(words.daily, { at })
      : fillText(words.weekdays, { days: describeWeekdays(repeat.days, locale), at });
  const { day } = repeat;
  if (day === 'last') return fillText(words.monthlyLast, { at });
  return fillText(day > SHORTEST_MONTH ? words.monthlyShort : words.monthly, { day, at });
}

/** A cron expression in words; the expression itself where it cannot be read, so that it is seen. */
export function describeCron(expression: string, locale: Locale): string {
  const language = locale === 'zh-CN' ? 'zh_CN' : 'en';
  try {
    const text = cronstrue.toString(expression, { locale: language, use24HourTimeFormat: true });
    return locale === 'zh-CN' ? tidyChinese(text) : text;
  } catch {
    return expression;
  }
}

/** The library puts Latin commas and stray spaces between Chinese words. */
function tidyChinese(text: string): string {
  return text
    .replaceAll(/,\s*/g, '，')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[\p{Script=Han}，]) (?=[\p{Script=Han}])/gu, '')
    .replaceAll(/(?<=\p{Script=Han})(?=\d)/gu, ' ');
}
