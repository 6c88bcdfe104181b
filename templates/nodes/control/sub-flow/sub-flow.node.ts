import { defineNode, FlowParam, MAX_SPAN_MS, type PortSpec } from '@sluice/shared/node-contract';
import { DAY_MS, SECOND_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts the profile in another flow, and waits for its end if that is wanted. */
export const subFlow = defineNode({
  kind: 'sub-flow',
  version: 1,
  category: 'control',
  icon: 'apartment',
  params: Type.Object(
    {
      flow: FlowParam,
      isAwaited: Type.Boolean(),
      timeoutMs: Type.Integer({ minimum: SECOND_MS, maximum: MAX_SPAN_MS }),
    },
    { additionalProperties: false },
  ),
  defaults: { flow: { id: '', name: '' }, isAwaited: true, timeoutMs: 7 * DAY_MS },
  hints: { timeoutMs: { widget: 'duration', showWhen: { param: 'isAwaited', in: [true] } } },
  ports: ({ isAwaited }): PortSpec<'next' | 'timeout' | 'failed'>[] => [
    { id: 'next', label: 'next' },
    ...(isAwaited ? [{ id: 'timeout', label: 'timeout' } as const, { id: 'failed', label: 'failed' } as const] : []),
  ],
  passBy: 'next',
  summary: ({ flow, isAwaited, timeoutMs }) => ({
    key: flow.id === '' ? 'unset' : isAwaited ? 'awaited' : 'started',
    values: { flow: flow.name || flow.id, timeout: { type: 'duration', ms: timeoutMs } },
  }),
  check: ({ flow }) => (flow.id === '' ? [{ code: 'sub-flow:flow-missing', severity: 'error', param: '/flow' }] : []),
  canWait: true,
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
