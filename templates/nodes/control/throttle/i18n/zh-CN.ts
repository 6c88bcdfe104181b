import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '限流',
  description: '任意一分钟内最多放行设定的人数，其余用户排队等待，用来保护后面的环节，例如客服或商城。',
  ports: { next: '下一步' },
  summary: { rate: '每分钟最多 {{perMinute}} 人' },
  params: { perMinute: { label: '每分钟人数', help: '1 至 100,000；不会超过，速率高时会略低。' } },
  problems: {},
  reasons: { 'throttle:waiting': '排队等待中', 'throttle:passed': '已放行' },
};
