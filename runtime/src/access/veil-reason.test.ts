import { columnKey, describeConditionReason, evaluate } from '@sluice/shared/condition';
import type { Attributes } from '@sluice/shared/model';
import { expect, it } from 'vitest';
import { createLens } from './read-level.ts';
import { veilReason } from './veil-reason.ts';

const lens = createLens(
  'operator',
  new Map([
    ['salary', { sensitivity: 'secret' as const }],
    [columnKey('policies', 'premium'), { sensitivity: 'sensitive' as const }],
  ]),
);
const NOW = { now: Date.parse('2026-03-02T08:00:00Z'), timeZone: 'UTC' };

it('[GOV-1] a reason says which attribute or column decided, and not with which value', () => {
  const paid = { op: 'attribute', name: 'salary', is: { operator: 'greaterThan', value: 100 } } as const;
  const people: Attributes[] = [{ salary: 4711 }, { salary: 3 }, {}];
  for (const attributes of people) {
    const { reason } = evaluate(paid, { attributes }, NOW);
    const veiled = veilReason(reason, lens);
    expect(veiled.values).toEqual({ attribute: 'salary', is: JSON.stringify(paid.is), isVeiled: true });
    expect(describeConditionReason(veiled, 'en-US')).toContain('a value that your role does not see');
    expect(describeConditionReason(veiled, 'zh-CN')).toContain('当前角色不可见的值');
  }
  const rows = {
    code: 'condition:dataset-holds',
    values: { dataset: 'policies', measure: 'sum', column: 'premium', actual: 4711 },
  };
  expect(veilReason(rows, lens).values).toEqual({
    dataset: 'policies',
    measure: 'sum',
    column: 'premium',
    isVeiled: true,
  });
});

it('[GOV-1] what the role sees is said as it is, and code says nothing to whoever does not see everything', () => {
  const city = { code: 'condition:attribute-holds', values: { attribute: 'city', is: '', actual: 'Graz' } };
  expect(veilReason(city, lens)).toBe(city);
  const answered = { code: 'code:answered', values: { result: '4711' } };
  expect(veilReason(answered, lens).values).toEqual({ result: '***' });
  expect(veilReason(answered, createLens('operator', new Map()))).toBe(answered);
});
