import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Ends a run, with the operator's word for why (RUN-10). */
export const exit = defineNode({
  kind: 'exit',
  version: 1,
  category: 'control',
  icon: 'flag',
  params: Type.Object({ reason: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
  defaults: { reason: '' },
  hints: { reason: { widget: 'text' } },
  ports: () => [],
  summary: ({ reason }) => (reason.trim() === '' ? { key: 'end' } : { key: 'reason', values: { reason } }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
