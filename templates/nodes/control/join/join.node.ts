import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Brings the branches of the last parallel node together. */
export const join = defineNode({
  kind: 'join',
  version: 1,
  category: 'control',
  icon: 'merge',
  params: Type.Object(
    { need: Type.Union([Type.Literal('all'), Type.Literal('any')]) },
    { additionalProperties: false },
  ),
  defaults: { need: 'all' },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ need }) => ({ key: need }),
  strands: 'join',
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
