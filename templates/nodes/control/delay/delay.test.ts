import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { delayHandler } from './delay.handler.ts';

const context = fakeStepContext({ params: { durationMs: 7_200_000 }, now: 1_000 });

test('the wait is counted from the arrival', () => {
  expect(delayHandler.enter(context)).toMatchObject({ kind: 'wait', untilAt: 7_201_000 });
});

test('the run goes on when the timer wakes it', () => {
  expect(delayHandler.resume?.(context, { kind: 'timer' })).toMatchObject({ kind: 'advance', port: 'next' });
});
