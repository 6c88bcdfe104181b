import type { AttributeValue } from '@sluice/shared/model';
import { type Outcome, type ParamsOf, renderSummary } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { untilHandler } from './until.handler.ts';
import { until } from './until.node.ts';

type Params = ParamsOf<typeof until>;

/** Friday, 20 November 2026, noon in UTC: 20:00 in Shanghai, 07:00 in New York. */
const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const FACTS = { attributes: new Map<string, string>(), events: new Set<string>(), now: NOW };

function arrive(params: Partial<Params>, attributes: Record<string, AttributeValue> = {}) {
  const context = fakeStepContext({
    params: { ...until.defaults, ...params } as Params,
    attributes,
    now: NOW,
    profileTimeZone: 'America/New_York',
  });
  return untilHandler.enter(context) as Outcome;
}
const waitsUntil = (outcome: Outcome) =>
  outcome.kind === 'wait' ? new Date(outcome.untilAt ?? Number.NaN).toISOString() : outcome;
const problemsOf = (params: Partial<Params>) =>
  until.check?.({ ...until.defaults, ...params } as Params, FACTS).map(({ code }) => code);

test('a time of day is that of the person, or of the fixed zone', () => {
  expect(waitsUntil(arrive({ at: '09:00' }))).toBe('2026-11-20T14:00:00.000Z');
  expect(waitsUntil(arrive({ at: '09:00', zone: 'fixed', timeZone: 'Asia/Shanghai' }))).toBe(
    '2026-11-21T01:00:00.000Z',
  );
});

test('a weekday is the next one, today too while the time is still to come', () => {
  expect(waitsUntil(arrive({ until: 'weekday', weekdays: [5], at: '09:00' }))).toBe('2026-11-20T14:00:00.000Z');
  expect(waitsUntil(arrive({ until: 'weekday', weekdays: [5], at: '06:00' }))).toBe('2026-11-27T11:00:00.000Z');
});

test('a date that is to come is waited for, one that is past is passed or left by its own way out', () => {
  const date = (day: string, ifPassed?: 'go-on' | 'leave') =>
    arrive({ until: 'date', date: day, at: '09:00', ...(ifPassed && { ifPassed }) });
  expect(waitsUntil(date('2026-12-24'))).toBe('2026-12-24T14:00:00.000Z');
  expect(date('2026-11-19')).toMatchObject({ kind: 'advance', port: 'next', reason: { code: 'until:went-on' } });
  expect(date('2026-11-19', 'go-on')).toMatchObject({ port: 'next' });
  expect(date('2026-11-19', 'leave')).toMatchObject({ kind: 'advance', port: 'passed' });
});

test('an attribute counts with its offset, in days by the wall clock and in hours by elapsed time', () => {
  const near = (offset: NonNullable<Params['offset']>, at?: string) =>
    waitsUntil(
      arrive({ until: 'attribute', attribute: 'renewal', offset, ...(at ? { at } : {}) }, { renewal: '2026-12-24' }),
    );
  expect(near({ amount: -3, unit: 'day' }, '10:00')).toBe('2026-12-21T15:00:00.000Z');
  expect(near({ amount: 2, unit: 'hour' })).toBe('2026-12-24T07:00:00.000Z');
});

test('a yearly attribute is the next time the day comes round and never past', () => {
  const birthday = {
    until: 'attribute',
    attribute: 'birthday',
    isYearly: true,
    at: '08:00',
    ifPassed: 'leave',
  } as const;
  expect(waitsUntil(arrive(birthday, { birthday: '1990-11-19' }))).toBe('2027-11-19T13:00:00.000Z');
  expect(waitsUntil(arrive(birthday, { birthday: '1990-11-20' }))).toBe('2026-11-20T13:00:00.000Z');
});

test('a missing attribute, or one that is no date, leaves by its own way out', () => {
  const bad: Record<string, AttributeValue>[] = [{}, { renewal: 'soon' }, { renewal: null }, { renewal: 12 }];
  for (const attributes of bad)
    expect(arrive({ until: 'attribute', attribute: 'renewal' }, attributes)).toMatchObject({ port: 'no-date' });
});

test('a run that is woken goes on', () => {
  const context = fakeStepContext({ params: until.defaults });
  expect(untilHandler.resume?.(context, { kind: 'timer' })).toMatchObject({ kind: 'advance', port: 'next' });
});

test('there are ways out only for what can happen', () => {
  const ports = (params: Partial<Params>) =>
    until.ports({ ...until.defaults, ...params } as Params).map(({ id }) => id);
  expect(ports({ ifPassed: 'leave' })).toEqual(['next']);
  expect(ports({ until: 'date', ifPassed: 'leave' })).toEqual(['next', 'passed']);
  expect(ports({ until: 'attribute' })).toEqual(['next', 'no-date']);
});

test('what is missing or impossible is told before publishing', () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ until: 'weekday' })).toEqual(['until:weekdays-missing']);
  expect(problemsOf({ until: 'date' })).toEqual(['until:date-missing']);
  expect(problemsOf({ until: 'date', date: '2026-02-30' })).toEqual(['until:date-unreal']);
  expect(problemsOf({ until: 'date', date: '2026-11-18' })).toEqual(['until:date-past']);
  expect(problemsOf({ until: 'date', date: '2026-11-19' })).toEqual([]);
  expect(problemsOf({ until: 'attribute' })).toEqual(['until:attribute-missing']);
  expect(problemsOf({ until: 'attribute', attribute: 'x', offset: { amount: -400, unit: 'day' } })).toEqual([
    'until:offset-too-large',
  ]);
  expect(problemsOf({ zone: 'fixed' })).toEqual(['until:zone-missing']);
  expect(problemsOf({ zone: 'fixed', timeZone: 'Mars/Base' })).toEqual(['until:zone-unknown']);
  const { at: _at, ...withoutTime } = until.defaults;
  expect(until.check?.(withoutTime as Params, FACTS).map(({ code }) => code)).toEqual(['until:time-missing']);
});

test('its card says what is waited for', () => {
  const card = (params: Partial<Params>, locale: 'en-US' | 'zh-CN') =>
    renderSummary(until, until.summary({ ...until.defaults, ...params } as Params), {
      locale,
      timeZone: 'UTC',
      describeCondition: () => '',
    });
  const before = { until: 'attribute', attribute: 'renewal', offset: { amount: -3, unit: 'day' } } as const;
  expect(card({}, 'en-US')).toBe('Until 09:00');
  expect(card({ until: 'weekday', weekdays: [1, 3] }, 'zh-CN')).toBe('等到周一和周三 09:00');
  expect(card(before, 'en-US')).toBe('Until 3 d before renewal 09:00');
  expect(card(before, 'zh-CN')).toBe('等到 renewal 前 3 天 09:00');
});
