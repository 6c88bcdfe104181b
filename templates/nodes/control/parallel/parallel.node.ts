import { defineNode, type PortSpec, VariantKey } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Sends a run down several branches at once. */
export const parallel = defineNode({
  kind: 'parallel',
  version: 1,
  category: 'control',
  icon: 'branches',
  params: Type.Object(
    {
      branches: Type.Array(
        Type.Object(
          { key: VariantKey, name: Type.String({ minLength: 1, maxLength: 60 }) },
          { additionalProperties: false },
        ),
        { minItems: 2, maxItems: 8 },
      ),
    },
    { additionalProperties: false },
  ),
  defaults: {
    branches: [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ],
  },
  hints: { branches: { widget: 'variants' } },
  ports: ({ branches }): PortSpec[] => branches.map(({ key, name }) => ({ id: key, text: name })),
  summary: ({ branches }) => ({
    key: 'branches',
    values: { branches: { type: 'list', of: branches.map(({ name }) => ({ key: 'branch', values: { name } })) } },
  }),
  check: ({ branches }) =>
    branches.flatMap(({ key }, index) =>
      branches.findIndex((other) => other.key === key) === index
        ? []
        : [{ code: 'parallel:key-twice', severity: 'error', param: `/branches/${index}/key`, values: { key } }],
    ),
  strands: 'fork',
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
