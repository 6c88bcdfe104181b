import { type Condition, EVERYONE } from '@sluice/shared/condition';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { switchHandler } from './switch.handler.ts';
import { switchNode } from './switch.node.ts';

const over = (value: number): Condition => ({ op: 'attribute', name: 'spent', is: { operator: 'atLeast', value } });
const cases = [
  { key: 'gold', name: 'Gold', condition: over(1000) },
  { key: 'silver', name: 'Silver', condition: over(100) },
];
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };

test('the first case that fits is taken, and no later one is asked', async () => {
  const asked: Condition[] = [];
  const step = (fitting: readonly Condition[]) => {
    asked.length = 0;
    const verdict = (condition: Condition) => {
      asked.push(condition);
      return { isMatch: fitting.includes(condition) };
    };
    return switchHandler.enter(fakeStepContext({ params: { cases }, verdict }));
  };
  const [gold, silver] = cases.map(({ condition }) => condition) as [Condition, Condition];
  expect(await step([gold, silver])).toMatchObject({ port: 'gold' });
  expect(asked).toEqual([gold]);
  expect(await step([silver])).toMatchObject({ port: 'silver' });
  expect(await step([])).toMatchObject({ port: 'else', reason: { code: 'switch:else' } });
});

test('a key that stands twice or is reserved, and a case for everyone, are told', () => {
  const codes = switchNode
    .check?.({ cases: [...cases, { key: 'gold', name: 'Again', condition: EVERYONE }] }, facts)
    ?.map(({ code, param }) => [code, param]);
  expect(codes).toEqual([
    ['switch:key-twice', '/cases/2/key'],
    ['switch:no-condition', '/cases/2/condition'],
  ]);
  expect(switchNode.check?.({ cases: [{ key: 'else', name: 'E', condition: over(1) }] }, facts)).toMatchObject([
    { code: 'switch:key-reserved' },
  ]);
});
