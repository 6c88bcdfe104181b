import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '按属性分流',
  description:
    '按某个属性的取值把用户分到各组，并作为分组对比效果。适用于分组已在别处完成的情况，例如导入文件中自带分组。',
  ports: { other: '其他' },
  summary: { variants: '按 {{attribute}}：{{variants}}' },
  params: {
    attribute: { label: '属性', help: '保存分组的属性。' },
    variants: {
      label: '分组',
      help: '取值不在任何分组中的用户走“其他”，不参与对比。',
      fields: {
        key: { label: '标识', help: '在结果和导出中代表该组。以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称' },
        values: { label: '取值', help: '精确匹配，区分大小写。' },
        isHoldOut: { label: '对照组', help: '只统计结果，不触达。' },
      },
    },
  },
  problems: {
    'attribute-split:attribute-unseen':
      '目前没有用户带有属性“{{attribute}}”，所有人都会走“其他”。请检查属性名，或先导入数据。',
    'attribute-split:key-twice': '有两个分组使用了相同的标识“{{key}}”，请改为各不相同。',
    'attribute-split:key-reserved': '标识“{{key}}”已用于“其他”出口，请为该分组换一个标识。',
    'attribute-split:value-twice': '取值“{{value}}”出现了两次，请只保留在一个分组中。',
  },
  reasons: {
    'attribute-split:assigned': '属性 {{attribute}} 对应“{{name}}”组',
    'attribute-split:held-out': '属性 {{attribute}} 对应对照组“{{name}}”',
    'attribute-split:other': '属性 {{attribute}} 的取值不属于任何分组',
  },
};
