import { defineNode, MAX_SPAN_MS } from '@sluice/shared/node-contract';
import { DAY_MS, SECOND_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Holds a run for a span counted from the moment it arrives. */
export const delay = defineNode({
  kind: 'delay',
  version: 1,
  category: 'control',
  icon: 'clock',
  params: Type.Object(
    { durationMs: Type.Integer({ minimum: SECOND_MS, maximum: MAX_SPAN_MS }) },
    { additionalProperties: false },
  ),
  defaults: { durationMs: DAY_MS },
  hints: { durationMs: { widget: 'duration' } },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ durationMs }) => ({ key: 'wait', values: { duration: { type: 'duration', ms: durationMs } } }),
  canWait: true,
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
