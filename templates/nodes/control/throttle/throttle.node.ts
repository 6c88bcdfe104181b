import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Lets so many people through in any minute; the others wait in line. */
export const throttle = defineNode({
  kind: 'throttle',
  version: 1,
  category: 'control',
  icon: 'dashboard',
  params: Type.Object({ perMinute: Type.Integer({ minimum: 1, maximum: 100_000 }) }, { additionalProperties: false }),
  defaults: { perMinute: 1000 },
  hints: { perMinute: { widget: 'number' } },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ perMinute }) => ({ key: 'rate', values: { perMinute } }),
  canWait: true,
  holdsFor: 'rate',
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
