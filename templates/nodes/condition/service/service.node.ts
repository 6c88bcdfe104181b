import { Comparison } from '@sluice/shared/condition';
import type { Problem } from '@sluice/shared/graph';
import { FieldName } from '@sluice/shared/model';
import { defineNode, VariantKey } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** The port of answers that no case takes. */
export const OTHER = 'other';
/** The port of everyone for whom there is no answer that could be used. */
export const FALLBACK = 'fallback';

/** Asks a registered service and goes on by its answer; the first case that fits takes it. */
export const service = defineNode({
  kind: 'service',
  version: 1,
  category: 'condition',
  icon: 'service',
  params: Type.Object(
    {
      service: Type.String({ maxLength: 64 }),
      cases: Type.Array(
        Type.Object(
          {
            key: VariantKey,
            name: Type.String({ minLength: 1, maxLength: 60 }),
            /** Absent: the field by which the service decides. */
            field: Type.Optional(FieldName),
            // One alternative: what is compared is shown by its own widget, not field by field.
            is: Type.Unsafe<Comparison>(Type.Union([Comparison], { means: 'comparison' })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
      keep: Type.Optional(
        Type.Array(Type.Object({ field: FieldName, attribute: FieldName }, { additionalProperties: false }), {
          maxItems: 20,
        }),
      ),
      withinMs: Type.Integer({ minimum: 1000, maximum: 3_600_000 }),
    },
    { additionalProperties: false },
  ),
  defaults: { service: '', cases: [], withinMs: 10_000 },
  hints: {
    service: { widget: 'service' },
    cases: { widget: 'answer-cases' },
    withinMs: { widget: 'duration' },
    keep: { isAdvanced: true },
  },
  ports: ({ cases }) => [
    ...cases.map(({ key, name }) => ({ id: key, text: name })),
    { id: OTHER, label: OTHER },
    { id: FALLBACK, label: FALLBACK },
  ],
  passBy: OTHER,
  summary: ({ service: id, cases }) => {
    if (id === '') return { key: 'noService' };
    return cases.length === 0
      ? { key: 'ask' }
      : { key: 'cases', values: { cases: cases.map(({ name }) => name).join(' · ') } };
  },
  check: ({ service: id, cases, keep = [] }) => {
    const problems: Problem[] = [];
    if (id.trim() === '') problems.push({ code: 'service:none', severity: 'error', param: '/service' });
    const keys = new Set<string>([OTHER, FALLBACK]);
    cases.forEach(({ key }, index) => {
      if (keys.has(key)) {
        const code = key === OTHER || key === FALLBACK ? 'service:key-reserved' : 'service:key-twice';
        problems.push({ code, severity: 'error', param: `/cases/${index}/key`, values: { key } });
      }
      keys.add(key);
    });
    const attributes = new Set<string>();
    keep.forEach(({ attribute }, index) => {
      if (attributes.has(attribute))
        problems.push({
          code: 'service:attribute-twice',
          severity: 'error',
          param: `/keep/${index}/attribute`,
          values: { attribute },
        });
      attributes.add(attribute);
    });
    return problems;
  },
  canWait: true,
  call: ({ service: id, withinMs }) => ({ to: 'service', service: id, withinMs }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
