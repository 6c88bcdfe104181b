import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import { dayOfMonth, msOfDay, startOfDay, weekdayOf } from './local-time.ts';
import { nextOccurrence, occurrencesBetween } from './next-occurrence.ts';
import { checkRecurrence, Recurrence, type Repeat } from './recurrence.ts';
import { instantOf, wallOf } from './wall-clock.ts';

const at = (text: string) => new Date(text).getTime();
const spell = (instant: number | undefined) =>
  instant === undefined ? 'never' : new Date(instant).toISOString().slice(0, 16);
const isSound = Compile(Recurrence);

/** The next few times after an instant, in UTC. */
function times(repeat: Repeat, timeZone: string, after: string, count: number): string[] {
  const recurrence = { repeat, timeZone };
  expect(isSound.Errors(recurrence)).toEqual([]);
  const found: string[] = [];
  let last: number | undefined = at(after);
  while (found.length < count && last !== undefined) {
    last = nextOccurrence(recurrence, last);
    found.push(spell(last));
  }
  return found;
}

const daily = (time: string): Repeat => ({ kind: 'daily', at: time });
const cron = (expression: string): Repeat => ({ kind: 'cron', expression });

test('a daily time follows the wall clock through both changes', () => {
  expect(times(daily('09:00'), 'Europe/Berlin', '2026-03-27T12:00Z', 3)).toEqual([
    '2026-03-28T08:00',
    '2026-03-29T07:00',
    '2026-03-30T07:00',
  ]);
  expect(times(daily('09:00'), 'America/New_York', '2026-10-31T00:00Z', 2)).toEqual([
    '2026-10-31T13:00',
    '2026-11-01T14:00',
  ]);
});

test.each([
  ['a daily time', daily('02:30')],
  ['a cron expression', cron('30 2 * * *')],
])('%s that is left out happens at the end of the gap, one shown twice happens once', (_what, repeat) => {
  expect(times(repeat, 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual(['2026-03-29T01:00', '2026-03-30T00:30']);
  expect(times(repeat, 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
});

test('several times of a cron expression within one gap happen once, at its end', () => {
  expect(times(cron('*/20 2 * * *'), 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
    '2026-03-29T01:00',
    '2026-03-30T00:00',
  ]);
});

test('a cron expression for every hour goes by elapsed time: in both hours that look the same, not in a gap', () => {
  expect(times(cron('30 * * * *'), 'Europe/Berlin', '2026-10-24T23:40Z', 3)).toEqual([
    '2026-10-25T00:30',
    '2026-10-25T01:30',
    '2026-10-25T02:30',
  ]);
  expect(times(cron('30 * * * *'), 'Europe/Berlin', '2026-03-28T23:40Z', 2)).toEqual([
    '2026-03-29T00:30',
    '2026-03-29T01:30',
  ]);
});

test('every few days are counted from the first day, not from the last time', () => {
  const repeat: Repeat = { kind: 'every-days', every: 3, from: '2026-02-27', at: '08:00' };
  expect(times(repeat, 'Asia/Shanghai', '2026-01-01T00:00Z', 3)).toEqual([
    '2026-02-27T00:00',
    '2026-03-02T00:00',
    '2026-03-05T00:00',
  ]);
});

test('weekdays are those of the zone, not of UTC', () => {
  // 08:00 on Monday in Shanghai is midnight in UTC; 07:00 is still Sunday there.
  const repeat: Repeat = { kind: 'weekdays', days: [1], at: '07:00' };
  expect(times(repeat, 'Asia/Shanghai', '2026-11-20T00:00Z', 2)).toEqual(['2026-11-22T23:00', '2026-11-29T23:00']);
});

test('a month that is too short for the day has it on its last day', () => {
  const repeat: Repeat = { kind: 'monthly', day: 31, at: '10:00' };
  const expected = ['2028-01-31T10:00', '2028-02-29T10:00', '2028-03-31T10:00', '2028-04-30T10:00'];
  expect(times(repeat, 'UTC', '2028-01-01T00:00Z', 4)).toEqual(expected);
  expect(times({ kind: 'monthly', day: 'last', at: '10:00' }, 'UTC', '2028-01-01T00:00Z', 4)).toEqual(expected);
  expect(times({ kind: 'monthly', day: 30, at: '10:00' }, 'UTC', '2026-02-01T00:00Z', 1)).toEqual(['2026-02-28T10:00']);
});

test('a cron expression for the leap day finds the leap years, one for 31 February never happens', () => {
  expect(times(cron('0 9 29 2 *'), 'UTC', '2026-01-01T00:00Z', 2)).toEqual(['2028-02-29T09:00', '2032-02-29T09:00']);
  expect(times(cron('0 9 31 2 *'), 'UTC', '2026-01-01T00:00Z', 1)).toEqual(['never']);
});

test('start and end count themselves and bound everything', () => {
  const recurrence: Recurrence = {
    repeat: daily('09:00'),
    timeZone: 'UTC',
    startAt: '2026-05-01T09:00:00.000Z',
    endAt: '2026-05-03T09:00:00.000Z',
  };
  expect(occurrencesBetween(recurrence, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z')).map(spell)).toEqual([
    '2026-05-01T09:00',
    '2026-05-02T09:00',
    '2026-05-03T09:00',
  ]);
  expect(nextOccurrence(recurrence, at('2026-05-03T09:00Z'))).toBeUndefined();
});

test('between two instants the first is left out, the second counts, and there is a limit', () => {
  const recurrence: Recurrence = { repeat: daily('00:00'), timeZone: 'UTC' };
  const [from, until] = [at('2026-05-01T00:00Z'), at('2026-05-04T00:00Z')];
  expect(occurrencesBetween(recurrence, from, until).map(spell)).toEqual([
    '2026-05-02T00:00',
    '2026-05-03T00:00',
    '2026-05-04T00:00',
  ]);
  expect(occurrencesBetween(recurrence, from, until, 2)).toHaveLength(2);
});

test('an unknown zone, an unreadable cron expression, a date that is none and an end before the start are found', () => {
  const faults = (recurrence: Recurrence) => checkRecurrence(recurrence).map(({ fault, pointer }) => [fault, pointer]);
  expect(faults({ repeat: daily('09:00'), timeZone: 'Europe/Berlin' })).toEqual([]);
  expect(faults({ repeat: daily('09:00'), timeZone: 'Mars/Base' })).toEqual([['zone-unknown', '/timeZone']]);
  expect(faults({ repeat: cron('61 2 * * *'), timeZone: 'UTC' })).toEqual([['cron-unreadable', '/repeat/expression']]);
  expect(
    faults({ repeat: { kind: 'every-days', every: 2, from: '2026-02-30', at: '09:00' }, timeZone: 'UTC' }),
  ).toEqual([['date-unreal', '/repeat/from']]);
  const [startAt, endAt] = ['2026-05-02T00:00:00.000Z', '2026-05-01T00:00:00.000Z'];
  expect(faults({ repeat: daily('09:00'), timeZone: 'UTC', startAt, endAt })).toEqual([['end-before-start', '/endAt']]);
  for (const expression of ['* * * *', '0 * * * * *', '@daily', '0 9 * * 1 ; rm'])
    expect(isSound.Check({ repeat: cron(expression), timeZone: 'UTC' })).toBe(false);
});

// Every minute of a window of days is looked at, by the plain meaning of the words.
const timesOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const repeats: fc.Arbitrary<Exclude<Repeat, { kind: 'cron' | 'every-days' }>> = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), at: timesOfDay }),
  fc.record({
    kind: fc.constant('weekdays' as const),
    days: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    at: timesOfDay,
  }),
  fc.record({
    kind: fc.constant('monthly' as const),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)),
    at: timesOfDay,
  }),
);
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai'];
/** Days around the changes of those zones, month ends and a leap day. */
const DAYS = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2028-02-28'];

test('[RUN-7] the next time is the first instant that shows a wanted reading, or ends a gap over one', () => {
  const starts = fc.tuple(fc.constantFrom(...DAYS), fc.integer({ min: 0, max: DAY_MS }));
  fc.assert(
    fc.property(repeats, fc.constantFrom(...ZONES), starts, (repeat, timeZone, [day, offset]) => {
      const from = at(`${day}T00:00Z`) + offset;
      const found = nextOccurrence({ repeat, timeZone }, from) ?? Number.NaN;
      expect(nextOccurrence({ repeat, timeZone }, from)).toBe(found);
      expect(found).toBeGreaterThan(from);
      const limit = Math.min(found, from + DAY_MS);
      for (let minute = Math.floor(from / MINUTE_MS) + 1; minute * MINUTE_MS < limit; minute += 1)
        expect(isWanted(repeat, timeZone, minute * MINUTE_MS)).toBe(false);
      expect(isWanted(repeat, timeZone, found)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

/** Whether an instant is one of the times, told without looking for it. */
function isWanted(
  repeat: Exclude<Repeat, { kind: 'cron' | 'every-days' }>,
  timeZone: string,
  instant: number,
): boolean {
  const wall = wallOf(instant, timeZone);
  const previous = wallOf(instant - MINUTE_MS, timeZone);
  const isShownBefore = instantOf(wall, timeZone) < instant;
  const wanted = startOfDay(wall) + msOfDay(repeat.at);
  const isGapEnd = wall - previous > MINUTE_MS && wanted > previous && wanted <= wall;
  if (wall !== wanted && !isGapEnd) return false;
  if (isShownBefore) return false;
  if (repeat.kind === 'daily') return true;
  if (repeat.kind === 'weekdays') return repeat.days.includes(weekdayOf(wall));
  const { day, length } = dayOfMonth(wall);
  return repeat.day === 'last' ? day === length : day === Math.min(repeat.day, length);
}

test('times of a cron expression keep their order and never come closer than its own readings', () => {
  for (const day of DAYS)
    for (const timeZone of ZONES) {
      const start = at(`${day}T00:00Z`);
      const recurrence = { repeat: cron('*/30 1-4 * * *'), timeZone };
      const found = occurrencesBetween(recurrence, start, start + 3 * DAY_MS);
      expect(found.length).toBeGreaterThan(12);
      for (const [index, instant] of found.entries())
        expect(instant - (found[index - 1] ?? 0)).toBeGreaterThanOrEqual(HOUR_MS / 2);
    }
});
