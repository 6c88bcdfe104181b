import { expect, test } from 'vitest';
import { type DateOffset, instantNear, nextYearlyInstantNear } from './date-value.ts';

const at = (text: string) => new Date(text).getTime();
const spell = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());
const days = (amount: number): DateOffset => ({ amount, unit: 'day' });
const near = (value: unknown, offset: DateOffset, time?: string, timeZone = 'Europe/Berlin') =>
  spell(instantNear(value, { timeZone, offset, ...(time !== undefined && { at: time }) }));

test('a date counts from midnight of the zone, and days follow the wall clock through a change', () => {
  expect(near('2026-03-30', days(0))).toBe('2026-03-29T22:00:00.000Z');
  expect(near('2026-03-30', days(-3))).toBe('2026-03-26T23:00:00.000Z');
  expect(near('2026-03-30', days(-3), '09:00')).toBe('2026-03-27T08:00:00.000Z');
});

test('an instant is read in the zone before the day is taken', () => {
  expect(near('2026-11-22T23:30:00.000Z', days(1), '08:00')).toBe('2026-11-24T07:00:00.000Z');
  expect(near('2026-11-22T23:30:00.000Z', days(1), '08:00', 'America/New_York')).toBe('2026-11-23T13:00:00.000Z');
});

test('an instant keeps its time of day when none is asked for', () => {
  expect(near('2026-03-28T08:15:00.000Z', days(1))).toBe('2026-03-29T07:15:00.000Z');
});

test('hours are elapsed time, through a change too', () => {
  expect(near('2026-03-28T23:00:00.000Z', { amount: 4, unit: 'hour' }, '09:00')).toBe('2026-03-29T03:00:00.000Z');
});

test('a time without a zone belongs to the zone asked in, one with an offset to its own', () => {
  expect(near('2026-06-01T10:00', days(0))).toBe('2026-06-01T08:00:00.000Z');
  expect(near('2026-06-01T10:00:00+08:00', days(0))).toBe('2026-06-01T02:00:00.000Z');
});

test.each([
  [undefined],
  [null],
  [20260601],
  [true],
  ['soon'],
  ['2026-02-30'],
  ['2026-02-30T00:00:00.000Z'],
  ['2026-06-01T25:00'],
  [['2026-06-01']],
])('%j is no date', (value) => {
  expect(near(value, days(0))).toBeUndefined();
});

test('a yearly date is the next one at or after the moment asked for', () => {
  const reading = { timeZone: 'Asia/Shanghai', offset: days(0), at: '10:00' };
  const next = (from: string) => spell(nextYearlyInstantNear('1990-05-04', reading, at(from)));
  expect(next('2026-05-04T02:00:00.000Z')).toBe('2026-05-04T02:00:00.000Z');
  expect(next('2026-05-04T02:00:00.001Z')).toBe('2027-05-04T02:00:00.000Z');
  expect(next('2026-12-31T23:00:00.000Z')).toBe('2027-05-04T02:00:00.000Z');
});

test('an offset over the turn of the year finds the year it belongs to', () => {
  const before = { timeZone: 'UTC', offset: days(-10) };
  const next = (value: string, reading: typeof before, from: string) =>
    spell(nextYearlyInstantNear(value, reading, at(from)));
  expect(next('1990-01-05', before, '2026-12-20T00:00Z')).toBe('2026-12-26T00:00:00.000Z');
  expect(next('1990-12-30', { timeZone: 'UTC', offset: days(10) }, '2026-01-02T00:00Z')).toBe(
    '2026-01-09T00:00:00.000Z',
  );
  expect(next('1990-06-15', { timeZone: 'UTC', offset: days(366) }, '2026-01-02T00:00Z')).toBe(
    '2026-06-16T00:00:00.000Z',
  );
});

test('29 February is the 28th in a year without it', () => {
  const reading = { timeZone: 'UTC', offset: days(0) };
  expect(spell(nextYearlyInstantNear('2000-02-29', reading, at('2027-01-01T00:00Z')))).toBe('2027-02-28T00:00:00.000Z');
  expect(spell(nextYearlyInstantNear('2000-02-29', reading, at('2028-01-01T00:00Z')))).toBe('2028-02-29T00:00:00.000Z');
});

test('a yearly date of a value that is none is none', () => {
  expect(nextYearlyInstantNear('soon', { timeZone: 'UTC', offset: days(0) }, 0)).toBeUndefined();
});
