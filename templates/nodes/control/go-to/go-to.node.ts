import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Sends a run back a limited number of times. */
export const goTo = defineNode({
  kind: 'go-to',
  version: 1,
  category: 'control',
  icon: 'repeat',
  // Every round is kept in the path of the run, so that there cannot be very many.
  params: Type.Object({ times: Type.Integer({ minimum: 1, maximum: 50 }) }, { additionalProperties: false }),
  defaults: { times: 3 },
  hints: { times: { widget: 'number' } },
  ports: () => [
    { id: 'again', label: 'again' },
    { id: 'done', label: 'done' },
  ],
  passBy: 'done',
  summary: ({ times }) => ({ key: 'times', values: { times } }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
