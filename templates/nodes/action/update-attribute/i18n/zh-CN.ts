import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '更新属性',
  description: '修改用户的属性：设为某个值、增减数值，或删除。',
  ports: { next: '下一步' },
  summary: {
    changes: '{{changes}}',
    set: '{{attribute}} = {{value}}',
    increment: '{{attribute}} + {{value}}',
    unset: '删除 {{attribute}}',
  },
  params: {
    changes: {
      label: '修改内容',
      fields: {
        attribute: { label: '属性', help: '填写新的名称即新建属性。' },
        action: { label: '操作', options: { set: '设为', increment: '增加', unset: '删除' } },
        value: { label: '值', help: '减少请填负数。' },
      },
    },
  },
  problems: {
    'update-attribute:attribute-twice': '同一步中“{{attribute}}”被修改了两次，请只保留一次。',
    'update-attribute:value-missing': '请填写“{{attribute}}”要设为的值。',
    'update-attribute:step-missing': '请填写“{{attribute}}”要增加的数值。',
    'update-attribute:not-a-number': '“{{attribute}}”不是数值，无法增减。请改为设置值，或选择数值型属性。',
  },
  reasons: { 'update-attribute:asked': '已修改 {{count}} 个属性' },
};
