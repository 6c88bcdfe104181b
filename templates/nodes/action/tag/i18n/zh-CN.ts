import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '标签',
  description: '给用户加上或去掉标签。在条件中用“包含”来查询。',
  ports: { next: '下一步' },
  summary: { unset: '请填写标签', add: '打标签：{{tags}}', remove: '去标签：{{tags}}' },
  params: {
    action: { label: '操作', options: { add: '加上', remove: '去掉' } },
    tags: { label: '标签', placeholder: '输入标签后按回车' },
    attribute: { label: '列表属性', help: '标签保存在哪个属性中。填写新的名称即新建属性。' },
  },
  problems: {
    'tag:tags-missing': '请至少填写一个标签。',
    'tag:not-a-list': '“{{attribute}}”不是列表，请选择列表属性，或填写新的名称。',
  },
  reasons: { 'tag:add': '已加标签：{{tags}}', 'tag:remove': '已去标签：{{tags}}' },
};
