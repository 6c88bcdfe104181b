import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, entryRules, KEYED_ENTRY_PARAMS } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts runs when asked from outside: by API, by webhook, or by hand. */
export const callTrigger = defineNode({
  kind: 'call-trigger',
  version: 1,
  category: 'trigger',
  icon: 'api',
  params: Type.Object(
    {
      mapping: Type.String({ maxLength: 2000 }),
      audience: ConditionParam,
      ...KEYED_ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: {
    mapping: '{ "userId": userId, "key": key, "data": data }',
    audience: EVERYONE,
    reentry: 'unlimited',
    ...ENTRY_DEFAULTS,
  },
  hints: {
    mapping: { widget: 'multiline', isAdvanced: true },
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: () => ({ key: 'call' }),
  check: (entry) => checkEntry('call-trigger', entry),
  trigger: ({ mapping, audience, ...entry }) => ({
    start: { kind: 'call', mapping },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
