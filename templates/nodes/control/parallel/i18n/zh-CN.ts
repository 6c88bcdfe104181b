import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '并行',
  description: '让每位用户同时走多个分支。用“汇合”节点把分支合到一起；不汇合时，各分支各自结束。',
  ports: {},
  summary: { branches: '同时进行：{{branches}}', branch: '{{name}}' },
  params: {
    branches: {
      label: '分支',
      fields: {
        key: { label: '标识', help: '代表该分支。以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称' },
      },
    },
  },
  problems: { 'parallel:key-twice': '有两个分支使用了相同的标识“{{key}}”，请改为各不相同。' },
  reasons: { 'parallel:forked': '同时进入 {{count}} 个分支' },
};
