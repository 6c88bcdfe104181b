import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '加入或移出人群',
  description: '把用户加入手动人群，或从中移出。动态人群和快照人群由条件决定，不能这样修改。',
  ports: { next: '下一步' },
  summary: {
    unset: '请选择人群',
    add: '加入“{{audience}}”',
    remove: '移出“{{audience}}”',
  },
  params: {
    change: { label: '操作', options: { add: '加入', remove: '移出' } },
    audience: { label: '手动人群', placeholder: '选择人群' },
  },
  problems: {
    'audience-membership:audience-missing': '请选择人群。',
    'audience-membership:audience-unknown': '该人群已不存在，请另选一个。',
    'audience-membership:audience-not-manual': '该人群由条件决定，请选择手动人群。',
  },
  reasons: {
    'audience-membership:add': '已加入人群',
    'audience-membership:remove': '已移出人群',
  },
};
