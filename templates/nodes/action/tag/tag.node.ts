import type { Problem } from '@sluice/shared/graph';
import { FieldName } from '@sluice/shared/model';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Adds tags to a list attribute of the profile, or removes them; what is there already stays once. */
export const tag = defineNode({
  kind: 'tag',
  version: 1,
  category: 'action',
  icon: 'tag',
  params: Type.Object(
    {
      action: Type.Union([Type.Literal('add'), Type.Literal('remove')]),
      tags: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 }),
      attribute: FieldName,
    },
    { additionalProperties: false },
  ),
  defaults: { action: 'add', tags: [], attribute: 'tags' },
  hints: { attribute: { isAdvanced: true } },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ action, tags }) =>
    tags.length === 0 ? { key: 'unset' } : { key: action, values: { tags: tags.join(', ') } },
  check: ({ tags, attribute }, { attributes }) => {
    const problems: Problem[] = [];
    if (tags.length === 0) problems.push({ code: 'tag:tags-missing', severity: 'error', param: '/tags' });
    const type = attributes.get(attribute);
    if (type !== undefined && type !== 'list')
      problems.push({ code: 'tag:not-a-list', severity: 'error', param: '/attribute', values: { attribute } });
    return problems;
  },
  writes: ({ attribute }) => ({ attributes: [attribute] }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
