import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '汇合',
  description: '把并行分支合到一起：等所有分支到达或结束后继续，或在第一个分支到达时继续并结束其余分支。',
  ports: { next: '下一步' },
  summary: { all: '等待所有分支', any: '第一个分支到达即继续' },
  params: {
    need: {
      label: '继续条件',
      options: { all: '所有分支到达或结束', any: '第一个分支到达，其余分支结束' },
    },
  },
  problems: {},
  reasons: { 'join:all': '到达汇合，等待所有分支', 'join:any': '作为第一个分支到达汇合' },
};
