import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '返回',
  description: '让每位用户返回前面的节点，次数有上限。把“再来一次”连到要重新开始的节点；中间须有等待。',
  ports: { again: '再来一次', done: '已满次数' },
  summary: { times: '最多返回 {{times}} 次' },
  params: { times: { label: '最多次数', help: '1 至 50 次，之后走“已满次数”。' } },
  problems: {},
  reasons: { 'go-to:again': '第 {{round}} 次返回，最多 {{times}} 次', 'go-to:done': '已返回 {{times}} 次' },
};
