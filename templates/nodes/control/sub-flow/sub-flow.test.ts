import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { subFlowHandler } from './sub-flow.handler.ts';
import { subFlow } from './sub-flow.node.ts';

const NOW = 1_800_000_000_000;
const flow = { id: 'f-2', name: 'Welcome' };
const context = (isAwaited: boolean) => fakeStepContext({ params: { flow, isAwaited, timeoutMs: 60_000 }, now: NOW });
const result = (isOk: boolean, code?: string) =>
  subFlowHandler.resume?.(context(true), {
    kind: 'result',
    await: 'end',
    result: { isOk, ...(code !== undefined && { code }) },
  });

test('the other flow is started, and its end is waited for where that is wanted', () => {
  expect(subFlowHandler.enter(context(false))).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'start-run', flow: 'f-2', isAwaited: false }],
  });
  expect(subFlowHandler.enter(context(true))).toMatchObject({
    kind: 'wait',
    untilAt: NOW + 60_000,
    awaits: [{ kind: 'result', effect: 0 }],
    effects: [{ kind: 'start-run', flow: 'f-2', isAwaited: true }],
  });
});

test('its end, a failed start and the end of the time each have a way out', () => {
  expect(result(true)).toMatchObject({ port: 'next', reason: { code: 'sub-flow:ended' } });
  expect(result(false, 'flow-not-live')).toMatchObject({ port: 'failed', reason: { code: 'sub-flow:not-live' } });
  expect(result(false, 'unheard-of')).toMatchObject({ port: 'failed', reason: { code: 'sub-flow:failed' } });
  expect(subFlowHandler.resume?.(context(true), { kind: 'timer' })).toMatchObject({ port: 'timeout' });
});

test('without a wait there is only one way out', () => {
  expect(subFlow.ports({ flow, isAwaited: false, timeoutMs: 60_000 }).map(({ id }) => id)).toEqual(['next']);
});
