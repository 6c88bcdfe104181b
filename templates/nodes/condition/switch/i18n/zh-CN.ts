import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '多路判断',
  description: '依次判断多个条件，每位用户走第一个满足的出口；都不满足的走“其他”。',
  ports: { else: '其他' },
  summary: { cases: '{{cases}}', case: '{{name}}：{{condition}}' },
  params: {
    cases: {
      label: '情形',
      help: '按顺序判断，取第一个满足的情形。',
      fields: {
        key: { label: '标识', help: '代表该出口。以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称' },
        condition: { label: '条件' },
      },
    },
  },
  problems: {
    'switch:key-twice': '有两个情形使用了相同的标识“{{key}}”，请改为各不相同。',
    'switch:key-reserved': '标识“{{key}}”是都不满足时的出口，请换一个。',
    'switch:no-condition': '该情形尚未设置条件，所有用户都会满足。请添加条件。',
  },
  reasons: { 'switch:case': '第一个满足的情形：“{{name}}”', 'switch:else': '{{count}} 个情形都不满足' },
};
