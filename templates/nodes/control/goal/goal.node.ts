import { checkEventChosen, defineNode, EventParam, MAX_SPAN_MS, type PortSpec } from '@sluice/shared/node-contract';
import { DAY_MS, SECOND_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** What a flow is for. Whoever gets there is taken here from wherever they stand, once. */
export const goal = defineNode({
  kind: 'goal',
  version: 1,
  category: 'control',
  icon: 'trophy',
  params: Type.Object(
    {
      on: EventParam,
      timeoutMs: Type.Integer({ minimum: SECOND_MS, maximum: MAX_SPAN_MS }),
      isEnd: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  defaults: { on: { event: '' }, timeoutMs: 7 * DAY_MS, isEnd: false },
  hints: { timeoutMs: { widget: 'duration' } },
  ports: ({ isEnd }): PortSpec<'reached' | 'missed'>[] => [
    ...(isEnd ? [] : [{ id: 'reached', label: 'reached' } as const]),
    { id: 'missed', label: 'missed' },
  ],
  summary: ({ on, timeoutMs, isEnd }) => ({
    key: on.event.trim() === '' ? 'unset' : isEnd ? 'end' : 'goal',
    values: { event: on.event.trim(), timeout: { type: 'duration', ms: timeoutMs } },
  }),
  check: ({ on }) => checkEventChosen(on.event, 'goal', '/on'),
  canWait: true,
  goal: ({ on }) => ({ ...on, event: on.event.trim() }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
