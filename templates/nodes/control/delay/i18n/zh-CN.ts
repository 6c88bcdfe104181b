import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '等待',
  description: '从到达此处起，让每位用户停留一段固定时间。',
  ports: { next: '下一步' },
  summary: { wait: '等待 {{duration}}' },
  params: { durationMs: { label: '等待时长', help: '1 秒至 366 天。' } },
  problems: {},
  reasons: { 'delay:waiting': '等待中', 'delay:over': '等待结束' },
};
