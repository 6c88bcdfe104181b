import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '代码',
  description: '对每位用户运行一段 JavaScript，用于计算、写入属性或选择去向。代码只能看到该用户的数据，无法访问外部。',
  ports: { next: '下一步', failed: '失败' },
  summary: { code: '{{line}}' },
  params: {
    source: {
      label: '代码',
      help: '函数体，可使用 profile、event、run 和 now。可不返回，或返回 { port, set, result }：出口、要写入的属性、供查看的备注。',
    },
    outputs: {
      label: '出口',
      help: '代码可作为 port 返回的名称；未返回时走第一个。可含小写字母、数字、- 和 _。',
    },
    timeoutMs: { label: '时间上限', unit: 'ms', help: '每位用户的计算时间。' },
    memoryMiB: { label: '内存上限', unit: 'MiB' },
  },
  problems: {
    'code:output-twice': '出口“{{output}}”出现了两次，请只保留一个。',
    'code:output-reserved': '出口“{{output}}”已用于代码失败的情况，请换一个名称。',
  },
  reasons: {
    'code:ran': '代码已运行',
    'code:answered': '代码已运行：{{result}}',
    'code:time': '代码运行超时（{{message}}）',
    'code:memory': '代码占用内存过多（{{message}}）',
    'code:output': '代码的返回值无法接受（{{message}}）',
    'code:threw': '代码出错：{{message}}',
    'code:unreadable': '代码的返回值不符合要求，位置：{{place}}',
    'code:unknown-output': '代码选择了出口“{{output}}”，但该节点没有此出口',
  },
};
