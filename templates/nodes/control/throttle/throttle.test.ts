import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { throttleHandler } from './throttle.handler.ts';

const NOW = 1_800_000_000_000;
const at = (slotAt: number, isGateOpen: boolean) =>
  fakeStepContext({ params: { perMinute: 60 }, now: NOW, slotAt, isGateOpen });

test('whoever finds no line and an open gate passes at once', async () => {
  expect(await throttleHandler.enter(at(NOW, true))).toMatchObject({ kind: 'advance', port: 'next' });
});

test('whoever has a place in line waits for it, even while the gate stands open', async () => {
  expect(await throttleHandler.enter(at(NOW + 5000, true))).toMatchObject({ kind: 'wait', untilAt: NOW + 5000 });
});

test('whoever finds the gate shut when their turn comes queues again, and never asks twice at one instant', async () => {
  expect(await throttleHandler.resume?.(at(NOW + 5000, false), { kind: 'timer' })).toMatchObject({
    kind: 'wait',
    untilAt: NOW + 5000,
  });
  expect(await throttleHandler.resume?.(at(NOW, false), { kind: 'timer' })).toMatchObject({
    kind: 'wait',
    untilAt: NOW + 1000,
  });
  expect(await throttleHandler.resume?.(at(NOW, true), { kind: 'timer' })).toMatchObject({ kind: 'advance' });
});
