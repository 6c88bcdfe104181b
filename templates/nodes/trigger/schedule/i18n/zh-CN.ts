import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '定时触发',
  description: '发布后立即，或在指定时间，对人群中的所有用户启动一次。',
  ports: { next: '下一步' },
  summary: {
    now: '发布后立即启动，人群：{{audience}}',
    at: '{{at}} 启动，人群：{{audience}}',
  },
  params: {
    when: { label: '启动方式', options: { now: '发布后立即', at: '指定时间' } },
    at: { label: '启动时间', help: '按工作区所在时区。' },
    audience: { label: '人群', help: '哪些用户进入。人群在启动时圈定，每位用户只进入一次。' },
  },
  problems: {
    'schedule:at-missing': '请选择启动时间。',
    'schedule:at-past': '启动时间已过，发布后会立即启动。如不希望这样，请改为更晚的时间。',
  },
  reasons: { 'schedule:entered': '启动时在人群内' },
};
