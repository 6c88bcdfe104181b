import { EVERYONE } from '@sluice/shared/condition';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { scheduleHandler } from './schedule.handler.ts';
import { schedule } from './schedule.node.ts';

const AT = '2026-12-24T12:00:00.000Z';
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };

test('whoever is enrolled goes straight on', () => {
  const outcome = scheduleHandler.enter(fakeStepContext({ params: { when: 'now', audience: EVERYONE } as const }));
  expect(outcome).toMatchObject({ kind: 'advance', port: 'next' });
});

test('the plan starts on publishing, or at the chosen instant', () => {
  expect(schedule.trigger?.({ when: 'now', at: AT, audience: EVERYONE }).start).toEqual({ kind: 'publish' });
  expect(schedule.trigger?.({ when: 'at', at: AT, audience: EVERYONE }).start).toEqual({ kind: 'at', at: AT });
});

test('a start without an instant is an error and never falls back to starting at once', () => {
  expect(schedule.check?.({ when: 'at', audience: EVERYONE }, facts)).toEqual([
    { code: 'schedule:at-missing', severity: 'error', param: '/at' },
  ]);
  expect(() => schedule.trigger?.({ when: 'at', audience: EVERYONE })).toThrow(/instant is missing/);
});

test('a start in the past is worth a warning, as far as the time is known', () => {
  const params = { when: 'at', at: AT, audience: EVERYONE } as const;
  const now = Date.parse(AT);
  expect(schedule.check?.(params, { ...facts, now })).toMatchObject([{ severity: 'warning' }]);
  expect(schedule.check?.(params, { ...facts, now: now - 1 })).toEqual([]);
  expect(schedule.check?.(params, facts)).toEqual([]);
});
