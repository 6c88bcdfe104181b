import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: 'A/B 分流',
  description:
    '按设定比例把用户随机分到各组，比较哪种做法更好。同一位用户始终落在同一组；对照组不做任何触达，用来看“什么都不做”时的结果。',
  ports: {},
  summary: {
    variants: '{{variants}}',
    variant: '{{name}} {{weight}}%',
    holdOut: '{{name}} {{weight}}%（对照组）',
  },
  params: {
    variants: {
      label: '分组',
      help: '各组比例合计为 100%。',
      fields: {
        key: { label: '标识', help: '在结果和导出中代表该组。以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称' },
        weight: { label: '比例', unit: '%' },
        isHoldOut: { label: '对照组', help: '只统计结果，不触达。' },
      },
    },
  },
  problems: {
    'ab-split:weights-sum': '各组比例合计为 {{sum}}%，请调整为 100%。',
    'ab-split:key-twice': '有两个分组使用了相同的标识“{{key}}”，请改为各不相同。',
  },
  reasons: {
    'ab-split:dealt': '分到“{{name}}”组',
    'ab-split:held-out': '分到对照组“{{name}}”',
  },
};
