import type { Problem } from '@sluice/shared/graph';
import { FieldName } from '@sluice/shared/model';
import { defineNode, VariantKey } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** The port of those whose value no variant names. */
export const OTHER = 'other';

/** Takes the variant from an attribute, for an experiment that was dealt out elsewhere. */
export const attributeSplit = defineNode({
  kind: 'attribute-split',
  version: 1,
  category: 'control',
  icon: 'tags',
  params: Type.Object(
    {
      attribute: FieldName,
      variants: Type.Array(
        Type.Object(
          {
            key: VariantKey,
            name: Type.String({ minLength: 1, maxLength: 60 }),
            values: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
            isHoldOut: Type.Boolean(),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
    },
    { additionalProperties: false },
  ),
  defaults: {
    attribute: 'segment',
    variants: [
      { key: 'a', name: 'A', values: ['A'], isHoldOut: false },
      { key: 'b', name: 'B', values: ['B'], isHoldOut: false },
    ],
  },
  hints: { attribute: { widget: 'attribute' }, variants: { widget: 'variants' } },
  ports: ({ variants }) => [...variants.map(({ key, name }) => ({ id: key, text: name })), { id: OTHER, label: OTHER }],
  summary: ({ attribute, variants }) => ({
    key: 'variants',
    values: { attribute, variants: variants.map(({ name }) => name).join(' · ') },
  }),
  check: ({ attribute, variants }, { attributes }) => {
    const problems: Problem[] = [];
    if (attributes.size > 0 && !attributes.has(attribute))
      problems.push({
        code: 'attribute-split:attribute-unseen',
        severity: 'warning',
        param: '/attribute',
        values: { attribute },
      });
    const seenKeys = new Set<string>([OTHER]);
    const seenValues = new Set<string>();
    variants.forEach(({ key, values }, index) => {
      if (seenKeys.has(key))
        problems.push({
          code: key === OTHER ? 'attribute-split:key-reserved' : 'attribute-split:key-twice',
          severity: 'error',
          param: `/variants/${index}/key`,
          values: { key },
        });
      seenKeys.add(key);
      for (const value of values) {
        if (seenValues.has(value))
          problems.push({
            code: 'attribute-split:value-twice',
            severity: 'error',
            param: `/variants/${index}/values`,
            values: { value },
          });
        seenValues.add(value);
      }
    });
    return problems;
  },
  experiment: ({ variants }) => variants.map(({ key, name, isHoldOut }) => ({ key, name, isHoldOut })),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
