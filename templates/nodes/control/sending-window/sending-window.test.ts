import { type Outcome, type ParamsOf, renderSummary } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { sendingWindowHandler } from './sending-window.handler.ts';
import { sendingWindow } from './sending-window.node.ts';

type Params = ParamsOf<typeof sendingWindow>;

const FACTS = { attributes: new Map<string, string>(), events: new Set<string>() };
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

const contextAt = (now: string, params: Partial<Params> = {}, profileTimeZone = 'Asia/Shanghai') =>
  fakeStepContext({ params: { ...sendingWindow.defaults, ...params }, now: Date.parse(now), profileTimeZone });
const arrive = (...given: Parameters<typeof contextAt>) => sendingWindowHandler.enter(contextAt(...given)) as Outcome;
const waitsUntil = (outcome: Outcome) =>
  outcome.kind === 'wait' ? new Date(outcome.untilAt ?? Number.NaN).toISOString() : outcome.kind;

test('within the window people pass at once, outside they wait for the next opening of their own zone', () => {
  // 09:00 to 21:00: 20:00 in Shanghai, 07:00 in New York.
  expect(arrive('2026-11-20T12:00Z')).toMatchObject({ kind: 'advance', port: 'next' });
  expect(waitsUntil(arrive('2026-11-20T13:00Z'))).toBe('2026-11-21T01:00:00.000Z');
  expect(waitsUntil(arrive('2026-11-20T12:00Z', {}, 'America/New_York'))).toBe('2026-11-20T14:00:00.000Z');
});

test('a fixed zone is the same for everyone', () => {
  const fixed = { zone: 'fixed', timeZone: 'Europe/Berlin' } as const;
  expect(waitsUntil(arrive('2026-11-20T07:00Z', fixed, 'America/New_York'))).toBe('2026-11-20T08:00:00.000Z');
});

test('quiet hours hold people and let them go in the morning', () => {
  const quiet: Partial<Params> = { mode: 'quiet', windows: [{ days: ALL_DAYS, from: '22:00', to: '08:00' }] };
  expect(waitsUntil(arrive('2026-11-20T15:00Z', quiet))).toBe('2026-11-21T00:00:00.000Z');
  expect(waitsUntil(arrive('2026-11-20T00:00Z', quiet))).toBe('advance');
});

test('a closed date is waited out', () => {
  expect(waitsUntil(arrive('2026-11-20T03:00Z', { closedOn: ['2026-11-20', '2026-11-21'] }))).toBe(
    '2026-11-22T01:00:00.000Z',
  );
});

test('whoever is woken while it is open goes on, whoever is woken too late waits again', () => {
  const resume = (now: string) => sendingWindowHandler.resume?.(contextAt(now), { kind: 'timer' }) as Outcome;
  expect(resume('2026-11-21T01:00Z')).toMatchObject({ kind: 'advance', port: 'next' });
  expect(waitsUntil(resume('2026-11-21T14:00Z'))).toBe('2026-11-22T01:00:00.000Z');
});

test('hours that never open and dates that do not exist are told before publishing', () => {
  const problems = (params: Partial<Params>) =>
    sendingWindow.check?.({ ...sendingWindow.defaults, ...params }, FACTS).map(({ code }) => code);
  expect(problems({})).toEqual([]);
  expect(problems({ mode: 'quiet', windows: [{ days: ALL_DAYS, from: '00:00', to: '00:00' }] })).toEqual([
    'sending-window:never-open',
  ]);
  expect(problems({ closedOn: ['2026-02-30'] })).toEqual(['sending-window:date-unreal']);
  expect(problems({ zone: 'fixed' })).toEqual(['sending-window:zone-missing']);
});

test('its card names the hours', () => {
  const card = renderSummary(sendingWindow, sendingWindow.summary(sendingWindow.defaults), {
    locale: 'zh-CN',
    timeZone: 'UTC',
    describeCondition: () => '',
  });
  expect(card).toBe('每天 09:00–21:00');
});
