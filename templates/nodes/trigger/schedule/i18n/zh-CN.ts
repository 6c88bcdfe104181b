import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '定时触发',
  description: '发布后立即、在指定时间，或按周期重复，对人群中的所有用户启动。',
  ports: { next: '下一步' },
  summary: {
    now: '发布后立即启动，人群：{{audience}}',
    at: '{{at}} 启动，人群：{{audience}}',
    recurring: '{{recurrence}}，人群：{{audience}}',
    unset: '尚未设置时间，人群：{{audience}}',
  },
  params: {
    when: { label: '启动方式', options: { now: '发布后立即', at: '指定时间', recurring: '周期重复' } },
    at: { label: '启动时间', help: '按工作区所在时区。' },
    recurrence: { label: '重复规则', help: '若服务停机错过了其中的时间，恢复后只补最近的一次。' },
    audience: { label: '人群', help: '哪些用户进入。人群在每次启动时圈定。' },
    ...entryZhCN.params,
  },
  problems: {
    'schedule:at-missing': '请选择启动时间。',
    'schedule:at-past': '启动时间已过，发布后会立即启动。如不希望这样，请改为更晚的时间。',
    'schedule:recurrence-missing': '请选择重复规则。',
    'schedule:zone-unknown': '没有这个时区，请从列表中选择。',
    'schedule:cron-unreadable': '无法识别 cron 表达式。它由五段组成：分、时、日、月、星期。',
    'schedule:date-unreal': '没有这一天，请选择其他日期。',
    'schedule:end-before-start': '结束时间早于开始时间，请改为更晚的时间。',
    'schedule:never-again': '从现在起不会再有启动时间，没有人会进入。请推迟结束时间。',
    ...entryZhCN.problemsOf('schedule'),
  },
  reasons: { 'schedule:entered': '启动时在人群内' },
};
