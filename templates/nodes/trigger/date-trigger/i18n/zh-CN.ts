import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '日期属性触发',
  description: '在用户某个属性所记的日期当天，或之前、之后若干天启动，例如生日、续费、到期。',
  ports: { next: '下一步' },
  summary: {
    'yearly-on': '每年“{{attribute}}”当天 {{at}}',
    'yearly-before': '每年“{{attribute}}”前 {{days}} 天 {{at}}',
    'yearly-after': '每年“{{attribute}}”后 {{days}} 天 {{at}}',
    'once-on': '“{{attribute}}”当天 {{at}}',
    'once-before': '“{{attribute}}”前 {{days}} 天 {{at}}',
    'once-after': '“{{attribute}}”后 {{days}} 天 {{at}}',
  },
  params: {
    attribute: { label: '属性', help: '保存日期的属性。' },
    repeat: {
      label: '重复',
      help: '每年：只看月和日；没有 2 月 29 日的年份按 2 月 28 日算。',
      options: { yearly: '每年', once: '仅在该日期一次' },
    },
    offsetDays: { label: '日期之后的天数', help: '负数表示之前。' },
    at: { label: '时刻' },
    timeZone: { label: '时区', help: '留空时按工作区所在时区。' },
    audience: { label: '仅限用户', help: '在当天判断。' },
    ...entryZhCN.params,
  },
  problems: {
    'date-trigger:attribute-unseen':
      '目前没有用户带有属性“{{attribute}}”，没有人会进入。请选择其他属性，或先导入数据。',
    'date-trigger:not-a-date': '“{{attribute}}”不是日期，请选择日期型属性。',
    'date-trigger:zone-unknown': '没有这个时区，请从列表中选择。',
    ...entryZhCN.problemsOf('date-trigger'),
  },
  reasons: { 'date-trigger:came': '“{{attribute}}”所记的日期到了' },
};
