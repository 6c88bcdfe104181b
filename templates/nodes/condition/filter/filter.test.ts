import { type Condition, EVERYONE } from '@sluice/shared/condition';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { filterHandler } from './filter.handler.ts';
import { filter } from './filter.node.ts';

const condition: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };

test('a match leaves by yes, anything else by no', async () => {
  const step = (isMatch: boolean) =>
    filterHandler.enter(fakeStepContext({ params: { condition }, verdict: { isMatch } }));
  expect(await step(true)).toMatchObject({ kind: 'advance', port: 'yes', reason: { code: 'filter:yes' } });
  expect(await step(false)).toMatchObject({ kind: 'advance', port: 'no', reason: { code: 'filter:no' } });
});

test('the condition of the params is the one that is asked', async () => {
  const asked: Condition[] = [];
  await filterHandler.enter(
    fakeStepContext({
      params: { condition },
      verdict: (asking) => {
        asked.push(asking);
        return { isMatch: true };
      },
    }),
  );
  expect(asked).toEqual([condition]);
});

test('the reason of the verdict is kept, since it says more than yes or no', async () => {
  const reason = { code: 'attribute-compared', values: { actual: 250 } };
  const outcome = await filterHandler.enter(
    fakeStepContext({ params: { condition }, verdict: { isMatch: true, reason } }),
  );
  expect(outcome.reason).toEqual(reason);
});

test('an empty condition is worth a warning', () => {
  expect(filter.check?.({ condition: EVERYONE }, facts)).toMatchObject([{ code: 'filter:no-condition' }]);
  expect(filter.check?.({ condition }, facts)).toEqual([]);
});
