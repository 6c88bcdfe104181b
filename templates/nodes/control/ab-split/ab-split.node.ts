import { defineNode, VariantKey, WinnerRule } from '@sluice/shared/node-contract';
import type { Problem } from '@sluice/shared/graph';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Deals people out by a salted hash of flow, node and profile: sticky, reproducible, in the shares of the weights (RUN-7). */
export const abSplit = defineNode({
  kind: 'ab-split',
  version: 1,
  category: 'control',
  icon: 'split',
  params: Type.Object(
    {
      variants: Type.Array(
        Type.Object(
          {
            key: VariantKey,
            name: Type.String({ minLength: 1, maxLength: 60 }),
            weight: Type.Integer({ minimum: 0, maximum: 100 }),
            isHoldOut: Type.Boolean(),
          },
          { additionalProperties: false },
        ),
        { minItems: 2, maxItems: 10 },
      ),
      winner: Type.Optional(WinnerRule),
    },
    { additionalProperties: false },
  ),
  defaults: {
    variants: [
      { key: 'a', name: 'A', weight: 50, isHoldOut: false },
      { key: 'b', name: 'B', weight: 50, isHoldOut: false },
    ],
  },
  hints: { variants: { widget: 'variants' }, winner: { widget: 'group' } },
  ports: ({ variants }) => variants.map(({ key, name, weight }) => ({ id: key, text: `${name} ${weight} %` })),
  summary: ({ variants, winner }) => ({
    key: 'variants',
    values: {
      variants: {
        type: 'list',
        of: [
          ...variants.map(({ name, weight, isHoldOut }) => ({
            key: isHoldOut ? 'holdOut' : 'variant',
            values: { name, weight },
          })),
          ...(winner ? [{ key: winner.metric === 'click' ? 'byClicks' : 'byConversions' }] : []),
        ],
      },
    },
  }),
  check: ({ variants, winner }) => {
    const problems: Problem[] = [];
    const sum = variants.reduce((total, { weight }) => total + weight, 0);
    if (sum !== 100)
      problems.push({ code: 'ab-split:weights-sum', severity: 'error', param: '/variants', values: { sum } });
    variants.forEach(({ key }, index) => {
      if (variants.findIndex((other) => other.key === key) !== index)
        problems.push({
          code: 'ab-split:key-twice',
          severity: 'error',
          param: `/variants/${index}/key`,
          values: { key },
        });
    });
    const contenders = variants.filter(({ isHoldOut, weight }) => !isHoldOut && weight > 0).length;
    if (winner && contenders < 2) problems.push({ code: 'ab-split:winner-alone', severity: 'error', param: '/winner' });
    return problems;
  },
  winner: ({ winner }) => winner,
  experiment: ({ variants }) => variants.map(({ key, name, isHoldOut }) => ({ key, name, isHoldOut })),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
