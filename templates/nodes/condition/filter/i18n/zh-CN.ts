import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '条件判断',
  description:
    '对每位用户判断一个条件，按“是”或“否”走不同出口。在到达时判断；如需等待某件事发生，请在前面放一个等待节点。',
  ports: { yes: '是', no: '否' },
  summary: { condition: '{{condition}}' },
  params: {
    condition: { label: '条件', help: '满足条件的用户走“是”，其余走“否”。' },
  },
  problems: {
    'filter:no-condition': '尚未设置条件，所有用户都会走“是”。请添加条件。',
  },
  reasons: { 'filter:yes': '满足条件', 'filter:no': '不满足条件' },
};
