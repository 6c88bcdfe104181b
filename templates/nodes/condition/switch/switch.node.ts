import { EVERYONE } from '@sluice/shared/condition';
import type { Problem } from '@sluice/shared/graph';
import { ConditionParam, defineNode, type PortSpec, VariantKey } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** The port of those whom no case fits. */
export const ELSE = 'else';

/** Many ways out: the first case whose condition holds, else the last. */
export const switchNode = defineNode({
  kind: 'switch',
  version: 1,
  category: 'condition',
  icon: 'partition',
  params: Type.Object(
    {
      cases: Type.Array(
        Type.Object(
          { key: VariantKey, name: Type.String({ minLength: 1, maxLength: 60 }), condition: ConditionParam },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
    },
    { additionalProperties: false },
  ),
  defaults: {
    cases: [
      { key: 'a', name: 'A', condition: EVERYONE },
      { key: 'b', name: 'B', condition: EVERYONE },
    ],
  },
  hints: { cases: { widget: 'variants' } },
  ports: ({ cases }): PortSpec[] => [
    ...cases.map(({ key, name }) => ({ id: key, text: name })),
    { id: ELSE, label: ELSE },
  ],
  passBy: ELSE,
  summary: ({ cases }) => ({
    key: 'cases',
    values: {
      cases: {
        type: 'list',
        of: cases.map(({ name, condition }) => ({
          key: 'case',
          values: { name, condition: { type: 'condition', condition } },
        })),
      },
    },
  }),
  check: ({ cases }) =>
    cases.flatMap(({ key, condition }, index): Problem[] => {
      const isTwice = cases.findIndex((other) => other.key === key) !== index;
      const code = key === ELSE ? 'key-reserved' : isTwice ? 'key-twice' : undefined;
      const at = `/cases/${index}`;
      return [
        ...(code === undefined
          ? []
          : [{ code: `switch:${code}`, severity: 'error' as const, param: `${at}/key`, values: { key } }]),
        ...(condition.op === 'all' && condition.of.length === 0
          ? [{ code: 'switch:no-condition', severity: 'warning' as const, param: `${at}/condition` }]
          : []),
      ];
    }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
