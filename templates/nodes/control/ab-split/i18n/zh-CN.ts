import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: 'A/B 分流',
  description:
    '按设定比例把用户随机分到各组，比较哪种做法更好。同一位用户始终落在同一组；对照组不做任何触达，用来看“什么都不做”时的结果。也可以在结果足够可信时自动选出优胜组。',
  ports: {},
  summary: {
    variants: '{{variants}}',
    variant: '{{name}} {{weight}}%',
    holdOut: '{{name}} {{weight}}%（对照组）',
    byClicks: '按点击选优胜组',
    byConversions: '按转化选优胜组',
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
    winner: {
      label: '自动选出优胜组',
      help: '某一组显著优于其他各组时即为优胜组。对照组不参与评选，比例保持不变。已分组的用户不再变动；方案每发布一个新版本，都会重新比较。',
      fields: {
        metric: {
          label: '比较指标',
          help: '有该结果的用户所占比例，口径与方案的效果指标一致。',
          options: { click: '点击', conversion: '转化' },
        },
        everyMs: { label: '每隔多久看一次结果', help: '从该版本第一位用户进入分流时算起。' },
        looks: {
          label: '最多看',
          unit: '次',
          help: '最后一次仍无优胜组，则保持原比例。次数越多，要求差异越明显。',
        },
        minimumPerArm: { label: '每组至少用户数', help: '未达到前不会选出优胜组。' },
        confidence: {
          label: '置信度',
          help: '各组其实没有差别时，有多大把握不会因偶然而选出优胜组。',
          options: { '0.9': '置信度 90%', '0.95': '置信度 95%', '0.99': '置信度 99%' },
        },
        afterwards: {
          label: '选出优胜组后',
          options: { 'all-to-winner': '其余用户全部进入优胜组', keep: '保持原比例' },
        },
      },
    },
  },
  problems: {
    'ab-split:winner-alone': '可参与评选的分组只有一个。请让至少两个非对照组有比例，或关闭自动选出优胜组。',
    'ab-split:weights-sum': '各组比例合计为 {{sum}}%，请调整为 100%。',
    'ab-split:key-twice': '有两个分组使用了相同的标识“{{key}}”，请改为各不相同。',
  },
  reasons: {
    'ab-split:dealt': '分到“{{name}}”组',
    'ab-split:decided': '进入优胜组“{{name}}”',
    'ab-split:held-out': '分到对照组“{{name}}”',
  },
};
