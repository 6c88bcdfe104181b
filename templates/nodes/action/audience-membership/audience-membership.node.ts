import type { Problem } from '@sluice/shared/graph';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Puts the profile into a manual audience, or takes it out. */
export const audienceMembership = defineNode({
  kind: 'audience-membership',
  version: 1,
  category: 'action',
  icon: 'audience',
  params: Type.Object(
    {
      change: Type.Union([Type.Literal('add'), Type.Literal('remove')]),
      audience: Type.String({ pattern: '^[0-9A-Za-z_-]{0,40}$' }),
    },
    { additionalProperties: false },
  ),
  defaults: { change: 'add', audience: '' },
  hints: { audience: { widget: 'audience' } },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ change, audience }) =>
    audience === '' ? { key: 'unset' } : { key: change, values: { audience: { type: 'audience', id: audience } } },
  check: ({ audience }, { audiences, manualAudiences }) => {
    const report = (code: string): Problem[] => [
      { code: `audience-membership:${code}`, severity: 'error', param: '/audience' },
    ];
    if (audience === '') return report('audience-missing');
    if (audiences?.has(audience) === false) return report('audience-unknown');
    return manualAudiences?.has(audience) === false ? report('audience-not-manual') : [];
  },
  writes: ({ audience, change }) => ({ membership: { audience, change } }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
