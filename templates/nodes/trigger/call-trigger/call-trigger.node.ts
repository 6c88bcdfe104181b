import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, entryRules, KEYED_ENTRY_PARAMS } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts runs when asked from outside: by API or by hand. */
export const callTrigger = defineNode({
  kind: 'call-trigger',
  version: 1,
  category: 'trigger',
  icon: 'api',
  params: Type.Object(
    {
      audience: ConditionParam,
      ...KEYED_ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: {
    audience: EVERYONE,
    reentry: 'unlimited',
    ...ENTRY_DEFAULTS,
  },
  hints: {
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: () => ({ key: 'call' }),
  check: (entry) => checkEntry('call-trigger', entry),
  trigger: ({ audience, ...entry }) => ({
    start: { kind: 'call' },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
