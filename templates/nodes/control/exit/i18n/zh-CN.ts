import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '结束',
  description: '用户的流程到此结束，并记录原因。',
  ports: {},
  summary: { end: '到此结束', reason: '结束：{{reason}}' },
  params: {
    reason: { label: '结束原因', help: '查看用户为何在此离开时显示。', placeholder: '活动结束' },
  },
  problems: {},
  reasons: { 'exit:end': '到达结束节点', 'exit:reason': '到达结束节点：{{reason}}' },
};
