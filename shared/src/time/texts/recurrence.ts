import type { Locale, Translated } from '../../model/locale.ts';

const enUS = {
  everyDay: 'every day',
  fromTo: '{{from}}–{{to}}',
  daily: 'Daily at {{at}}',
  everyDays: 'Every {{every}} days at {{at}}, counted from {{from}}',
  weekdays: '{{days}} at {{at}}',
  monthly: 'On day {{day}} of every month at {{at}}',
  monthlyShort: 'On day {{day}} of every month, or its last day, at {{at}}',
  monthlyLast: 'On the last day of every month at {{at}}',
  from: 'from {{from}}',
  until: 'until {{until}}',
};

const zhCN: Translated<typeof enUS> = {
  everyDay: '每天',
  fromTo: '{{from}}至{{to}}',
  daily: '每天 {{at}}',
  everyDays: '从 {{from}} 起每 {{every}} 天一次，{{at}}',
  weekdays: '每{{days}} {{at}}',
  monthly: '每月 {{day}} 日 {{at}}',
  monthlyShort: '每月 {{day}} 日（当月无此日则为最后一天）{{at}}',
  monthlyLast: '每月最后一天 {{at}}',
  from: '自 {{from}} 开始',
  until: '至 {{until}} 结束',
};

export const RECURRENCE_WORDS: Readonly<Record<Locale, Translated<typeof enUS>>> = { 'en-US': enUS, 'zh-CN': zhCN };
