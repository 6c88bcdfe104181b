import { EVERYONE } from '@sluice/shared/condition';
import { ConditionParam, defineNode } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Two ways out, by a condition that is looked at when the run arrives. */
export const filter = defineNode({
  kind: 'filter',
  version: 1,
  category: 'condition',
  icon: 'filter',
  params: Type.Object({ condition: ConditionParam }, { additionalProperties: false }),
  defaults: { condition: EVERYONE },
  hints: { condition: { widget: 'condition' } },
  ports: () => [
    { id: 'yes', label: 'yes' },
    { id: 'no', label: 'no' },
  ],
  passBy: 'yes',
  summary: ({ condition }) => ({ key: 'condition', values: { condition: { type: 'condition', condition } } }),
  check: ({ condition }) =>
    condition.op === 'all' && condition.of.length === 0
      ? [{ code: 'filter:no-condition', severity: 'warning', param: '/condition' }]
      : [],
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
