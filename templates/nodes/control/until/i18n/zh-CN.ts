import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '等到指定时刻',
  description: '让每位用户等到日历上的某个时刻：某个钟点、星期几、某一天，或某个日期属性之前或之后的一段时间。',
  ports: { next: '下一步', passed: '已过时', noDate: '没有日期' },
  summary: {
    time: '等到{{time}}',
    weekday: '等到{{days}}{{time}}',
    date: '等到 {{date}}{{time}}',
    attribute: '等到 {{attribute}} 当天{{time}}',
    before: '等到 {{attribute}} 前 {{span}}{{time}}',
    after: '等到 {{attribute}} 后 {{span}}{{time}}',
  },
  params: {
    until: {
      label: '等到',
      options: { time: '某个钟点', weekday: '星期几', date: '某一天', attribute: '属性中的日期' },
    },
    weekdays: { label: '星期', help: '以最近的一天为准；当天钟点未到也算。' },
    date: { label: '日期' },
    attribute: { label: '属性', help: '值为日期，或日期加时间。' },
    offset: {
      label: '提前或推后',
      fields: {
        amount: { label: '数量' },
        unit: { label: '单位', options: { day: '天', hour: '小时' } },
      },
    },
    isYearly: { label: '每年重复', help: '用于生日等：以下一次到来的那一天为准。' },
    at: {
      label: '钟点',
      help: '夏令时切换时，被跳过的钟点顺延到跳过结束之时；重复出现的钟点以第一次为准。不填则按属性中的时间。',
    },
    zone: { label: '按谁的时间', options: { profile: '用户所在时区', fixed: '固定时区' } },
    timeZone: { label: '时区' },
    ifPassed: { label: '如果时刻已过', options: { 'go-on': '立即继续', leave: '走“已过时”出口' } },
  },
  problems: {
    'until:time-missing': '请填写钟点。',
    'until:weekdays-missing': '请至少选择一天。',
    'until:date-missing': '请选择日期。',
    'until:date-unreal': '日历中没有“{{date}}”这一天，请另选日期。',
    'until:date-past': '{{date}} 已经过去，用户不会在此等待。请选择更晚的日期。',
    'until:attribute-missing': '请选择存放日期的属性。',
    'until:attribute-unseen':
      '目前没有用户带有属性“{{attribute}}”，所有人都会走“没有日期”。请检查属性名，或先导入数据。',
    'until:offset-too-large': '提前或推后超过一年，最多可填 {{limit}}。',
    'until:zone-missing': '请选择时区。',
    'until:zone-unknown': '没有名为“{{zone}}”的时区，请从列表中选择。',
  },
  reasons: {
    'until:waiting': '正在等待该时刻',
    'until:reached': '时刻已到',
    'until:went-on': '时刻已过，立即继续',
    'until:passed': '时刻已过',
    'until:no-date': '属性 {{attribute}} 中没有日期',
  },
};
