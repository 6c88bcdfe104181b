import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, entryRules, KEYED_ENTRY_PARAMS } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts runs when asked from outside: by API, by hand, or by what is posted to its address. */
export const callTrigger = defineNode({
  kind: 'call-trigger',
  version: 1,
  category: 'trigger',
  icon: 'api',
  params: Type.Object(
    {
      audience: ConditionParam,
      ...KEYED_ENTRY_PARAMS,
      mapping: Type.Optional(Type.String({ maxLength: 10_000 })),
      signature: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('required')])),
      signatureHeader: Type.Optional(Type.String({ maxLength: 100, pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$" })),
    },
    { additionalProperties: false },
  ),
  defaults: {
    audience: EVERYONE,
    reentry: 'unlimited',
    ...ENTRY_DEFAULTS,
    signature: 'none',
  },
  hints: {
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
    mapping: { widget: 'multiline', isAdvanced: true },
    signature: { widget: 'select', isAdvanced: true },
    signatureHeader: { widget: 'text', isAdvanced: true, showWhen: { param: 'signature', in: ['required'] } },
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: () => ({ key: 'call' }),
  check: (entry) => checkEntry('call-trigger', entry),
  mapping: ({ mapping = '' }) => (mapping.trim() === '' ? undefined : mapping),
  trigger: ({ audience, mapping = '', signature, signatureHeader: header = '', ...entry }) => ({
    start: {
      kind: 'call',
      ...(mapping.trim() !== '' && { mapping }),
      ...(signature === 'required' && { signature: header === '' ? {} : { header } }),
    },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
