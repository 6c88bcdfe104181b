import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { goalHandler } from './goal.handler.ts';
import { goal } from './goal.node.ts';

const params = { on: { event: ' Order Completed ' }, timeoutMs: 60_000, isEnd: false };
const order = (at: number, id = 'o1') => ({ id, name: 'Order Completed', properties: {}, at });
const NOW = 1_800_000_000_000;
const ENTERED = 1_799_999_000_000;

test('the goal of the flow is the event of the params', () => {
  expect(goal.goal?.(params)).toEqual({ event: 'Order Completed' });
});

test('whoever has reached it since entering goes on at once; an earlier event does not count', async () => {
  const since = (at: number) => ({
    ...fakeStepContext({ params, event: order(at), now: NOW }),
    firstEvent: { id: 'e0', name: 'Cart', properties: {}, at: ENTERED },
  });
  expect(await goalHandler.enter(since(ENTERED + 1))).toMatchObject({ kind: 'advance', port: 'reached' });
  expect(await goalHandler.enter(since(ENTERED - 1))).toMatchObject({
    kind: 'wait',
    untilAt: NOW + 60_000,
    awaits: [{ event: 'Order Completed' }],
  });
});

test('the very event that started the run does not reach its goal', async () => {
  expect(await goalHandler.enter(fakeStepContext({ params, event: order(ENTERED) }))).toMatchObject({ kind: 'wait' });
});

test('the event reaches it, the end of the time misses it', () => {
  const context = fakeStepContext({ params });
  const event = { kind: 'event', await: 'goal', event: order(NOW) } as const;
  expect(goalHandler.resume?.(context, event)).toMatchObject({ port: 'reached', reason: { code: 'goal:reached' } });
  expect(goalHandler.resume?.(context, { kind: 'timer' })).toMatchObject({ port: 'missed' });
});

test('a goal that ends the run has no way out by which it is reached', () => {
  const ending = { ...params, isEnd: true };
  expect(goal.ports(ending).map(({ id }) => id)).toEqual(['missed']);
  const event = { kind: 'event', await: 'goal', event: order(NOW) } as const;
  expect(goalHandler.resume?.(fakeStepContext({ params: ending }), event)).toMatchObject({
    kind: 'exit',
    isWholeRun: true,
  });
});
