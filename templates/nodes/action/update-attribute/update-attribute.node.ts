import type { Problem } from '@sluice/shared/graph';
import { AttributeValue, FieldName } from '@sluice/shared/model';
import { defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Writes attributes of the profile: sets, counts up or down, or removes. */
export const updateAttribute = defineNode({
  kind: 'update-attribute',
  version: 1,
  category: 'action',
  icon: 'edit',
  params: Type.Object(
    {
      changes: Type.Array(
        Type.Object(
          {
            attribute: FieldName,
            action: Type.Union([Type.Literal('set'), Type.Literal('increment'), Type.Literal('unset')]),
            value: Type.Optional(AttributeValue),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { changes: [{ attribute: 'contacted', action: 'set', value: true }] },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ changes }) => ({
    key: 'changes',
    values: {
      changes: {
        type: 'list',
        of: changes.map(({ attribute, action, value }) => ({
          key: action,
          values: { attribute, value: Array.isArray(value) ? value.join(', ') : String(value ?? '') },
        })),
      },
    },
  }),
  check: ({ changes }, { attributes }) => {
    const problems: Problem[] = [];
    const seen = new Set<string>();
    changes.forEach(({ attribute, action, value }, index) => {
      const at = `/changes/${index}`;
      const report = (code: string, field: string) =>
        problems.push({
          code: `update-attribute:${code}`,
          severity: 'error',
          param: `${at}/${field}`,
          values: { attribute },
        });
      if (seen.has(attribute)) report('attribute-twice', 'attribute');
      seen.add(attribute);
      if (action === 'set' && value === undefined) report('value-missing', 'value');
      if (action === 'increment' && typeof value !== 'number') report('step-missing', 'value');
      const type = attributes.get(attribute);
      if (action === 'increment' && type !== undefined && type !== 'number') report('not-a-number', 'attribute');
    });
    return problems;
  },
  writes: ({ changes }) => ({ attributes: changes.map(({ attribute }) => attribute) }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
