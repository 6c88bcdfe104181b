import { MISFIT_TEXTS } from '../errors/misfit-texts.ts';
import type { Locale, Translated } from '../model/locale.ts';

const enUS = {
  ...MISFIT_TEXTS['en-US'],
  'param-unknown':
    '{{at}} names the param “{{what}}”, which is not among the params. Correct the name, or add the param.',
  'default-missing': 'The param “{{what}}” is required and has no default. Give it one: a new node begins with it.',
  'default-unsound': '{{at}}: the default does not fit its own param ({{what}}).',
  'port-twice': 'The way out “{{what}}” stands there twice. Keep it once.',
  'port-unknown': '{{at}} names the way out “{{what}}”, which is not among the fixed ports.',
  'port-missing': 'It has no way out. Only a template of the category control may end a run.',
  'port-list': '{{at}}: “{{what}}” is no text of the items of a list.',
  'text-missing': '{{at}} lacks {{what}}. Every text stands in both languages.',
  'card-place': '{{at}} has a place for “{{what}}”, which is no param.',
  'call-without-wait': 'It calls hosts and so waits for their answers: set canWait to true.',
} as const;

export type FaultCode = keyof typeof enUS;

const zhCN: Translated<typeof enUS> = {
  ...MISFIT_TEXTS['zh-CN'],
  'param-unknown': '{{at}} 提到参数“{{what}}”，但参数中没有它。请改正名称，或添加该参数。',
  'default-missing': '必填参数“{{what}}”没有默认值。新节点以默认值开始，请补充。',
  'default-unsound': '{{at}}：默认值不符合参数自身的要求（{{what}}）。',
  'port-twice': '出口“{{what}}”出现了两次，请只保留一个。',
  'port-unknown': '{{at}} 提到出口“{{what}}”，但固定出口中没有它。',
  'port-missing': '没有任何出口。只有“control”类模板可以结束运行。',
  'port-list': '{{at}}：“{{what}}”不是列表项中的文本字段。',
  'text-missing': '{{at}} 缺少 {{what}}。所有文案都需要两种语言。',
  'card-place': '{{at}} 中的“{{what}}”不是参数。',
  'call-without-wait': '模板会调用外部地址并等待结果，请把 canWait 设为 true。',
};

export const FAULT_TEXTS: Record<Locale, Readonly<Record<FaultCode, string>>> = { 'en-US': enUS, 'zh-CN': zhCN };
