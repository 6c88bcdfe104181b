import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { checkEntry, ENTRY_DEFAULTS, ENTRY_HINTS, ENTRY_PARAMS, entryRules } from '../entry-params.ts';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Starts a run for whoever enters or leaves a saved audience. */
export const audienceTrigger = defineNode({
  kind: 'audience-trigger',
  version: 1,
  category: 'trigger',
  icon: 'team',
  params: Type.Object(
    {
      audienceId: Type.String({ maxLength: 64 }),
      change: Type.Union([Type.Literal('entered'), Type.Literal('left')]),
      audience: ConditionParam,
      ...ENTRY_PARAMS,
    },
    { additionalProperties: false },
  ),
  defaults: { audienceId: '', change: 'entered', audience: EVERYONE, reentry: 'once', ...ENTRY_DEFAULTS },
  hints: {
    audienceId: { widget: 'audience' },
    change: { widget: 'select' },
    audience: { widget: 'condition' },
    ...ENTRY_HINTS,
  },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ audienceId, change }) => ({ key: audienceId.trim() === '' ? 'unset' : change }),
  check: ({ audienceId, ...entry }, { audiences }) => {
    const problems = checkEntry('audience-trigger', entry);
    const report = (code: string) =>
      problems.push({ code: `audience-trigger:${code}`, severity: 'error', param: '/audienceId' });
    if (audienceId.trim() === '') report('audience-missing');
    else if (audiences && !audiences.has(audienceId.trim())) report('audience-unknown');
    return problems;
  },
  trigger: ({ audienceId, change, audience, ...entry }) => ({
    start: { kind: 'membership', audience: audienceId.trim(), change },
    audience,
    ...entryRules(entry),
  }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
