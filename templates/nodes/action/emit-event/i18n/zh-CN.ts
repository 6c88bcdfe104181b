import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '记录事件',
  description: '为用户记录一个事件。与外部上报的事件一样，可用于条件，也会触发和唤醒运营方案。',
  ports: { next: '下一步' },
  summary: { unset: '未选择事件', event: '{{event}}', filled: '{{event}}，带属性 {{properties}}' },
  params: {
    event: { label: '事件', help: '填写新的名称即新建事件。' },
    properties: {
      label: '事件属性',
      fields: {
        property: { label: '属性名' },
        from: {
          label: '取值来源',
          options: { value: '固定值', attribute: '用户属性', event: '本次运行的最近事件' },
        },
        value: { label: '值', help: '来源为固定值时填写。' },
        attribute: { label: '用户属性', help: '来源为用户属性时填写；没有该属性则不带上。' },
        eventProperty: { label: '该事件的属性', help: '来源为本次运行的最近事件时填写。' },
      },
    },
  },
  problems: {
    'emit-event:event-missing': '请填写要记录的事件。',
    'emit-event:property-twice': '“{{property}}”被设置了两次，请只保留一次。',
    'emit-event:value-missing': '请填写“{{property}}”的值。',
    'emit-event:attribute-missing': '请选择“{{property}}”取自哪个用户属性。',
    'emit-event:source-missing': '请填写“{{property}}”取自该事件的哪个属性。',
  },
  reasons: { 'emit-event:asked': '将记录事件“{{event}}”' },
};
