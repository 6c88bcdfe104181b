import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode, type Summary } from '@sluice/shared/node-contract';
import { parseInstant } from '@sluice/shared/time';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts a run for everyone in the audience, once: on publishing or at an instant. */
export const schedule = defineNode({
  kind: 'schedule',
  version: 1,
  category: 'trigger',
  icon: 'calendar',
  params: Type.Object(
    {
      when: Type.Union([Type.Literal('now'), Type.Literal('at')]),
      at: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
      audience: ConditionParam,
    },
    { additionalProperties: false },
  ),
  defaults: { when: 'now', audience: EVERYONE },
  hints: {
    when: { widget: 'select' },
    at: { widget: 'datetime', showWhen: { param: 'when', in: ['at'] } },
    audience: { widget: 'condition' },
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ when, at, audience }): Summary =>
    when === 'at' && at !== undefined
      ? {
          key: 'at',
          values: { at: { type: 'instant', at }, audience: { type: 'condition', condition: audience } },
        }
      : { key: when, values: { audience: { type: 'condition', condition: audience } } },
  check: ({ when, at }, { now }) => {
    if (when === 'now') return [];
    if (at === undefined) return [{ code: 'schedule:at-missing', severity: 'error', param: '/at' }];
    const startAt = parseInstant(at);
    if (now !== undefined && startAt !== undefined && startAt <= now)
      return [{ code: 'schedule:at-past', severity: 'warning', param: '/at' }];
    return [];
  },
  trigger: ({ when, at, audience }) => {
    if (when === 'now') return { start: { kind: 'publish' }, audience };
    // Starting at once instead would message people early; `check` keeps such a graph from being published.
    if (at === undefined) throw new Error('schedule: "at" is chosen but the instant is missing');
    return { start: { kind: 'at', at }, audience };
  },
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
