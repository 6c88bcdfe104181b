import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from './durations.ts';
import { isOpenAt, nextOpening, type WeeklyHours } from './weekly-hours.ts';

const at = (text: string) => new Date(text).getTime();
const spell = (instant: number | undefined) =>
  instant === undefined ? 'never' : new Date(instant).toISOString().slice(0, 16);

const OFFICE: WeeklyHours = { windows: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }], isQuiet: false };
const NIGHT: WeeklyHours = {
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '08:00' }],
  isQuiet: true,
};
const next = (hours: WeeklyHours, timeZone: string, from: string) => spell(nextOpening(hours, timeZone, at(from)));

test('within a window it is open at once, at its first minute too but not at its end', () => {
  // 20 November 2026 is a Friday.
  expect(next(OFFICE, 'Asia/Shanghai', '2026-11-20T01:00Z')).toBe('2026-11-20T01:00');
  expect(next(OFFICE, 'Asia/Shanghai', '2026-11-20T09:59Z')).toBe('2026-11-20T09:59');
  expect(next(OFFICE, 'Asia/Shanghai', '2026-11-20T10:00Z')).toBe('2026-11-23T01:00');
});

test('quiet hours over midnight are open again in the morning of the zone', () => {
  expect(next(NIGHT, 'America/New_York', '2026-11-20T03:30Z')).toBe('2026-11-20T13:00');
  expect(next(NIGHT, 'America/New_York', '2026-11-20T20:00Z')).toBe('2026-11-20T20:00');
});

test('a window over midnight belongs to the weekday on which it begins', () => {
  const friday: WeeklyHours = { windows: [{ days: [5], from: '22:00', to: '02:00' }], isQuiet: false };
  expect(next(friday, 'UTC', '2026-11-20T00:30Z')).toBe('2026-11-20T22:00');
  expect(next(friday, 'UTC', '2026-11-21T01:59Z')).toBe('2026-11-21T01:59');
  expect(next(friday, 'UTC', '2026-11-21T02:00Z')).toBe('2026-11-27T22:00');
});

test('a window whose ends are equal lasts a whole day', () => {
  const monday: WeeklyHours = { windows: [{ days: [1], from: '09:00', to: '09:00' }], isQuiet: false };
  expect(isOpenAt(monday, 'UTC', at('2026-11-24T08:59Z'))).toBe(true);
  expect(isOpenAt(monday, 'UTC', at('2026-11-24T09:00Z'))).toBe(false);
});

test('a closed date is closed all day, also in quiet-hours mode and for a window from the day before', () => {
  expect(next({ ...OFFICE, closedOn: ['2026-11-20', '2026-11-23'] }, 'UTC', '2026-11-20T10:00Z')).toBe(
    '2026-11-24T09:00',
  );
  expect(next({ ...NIGHT, closedOn: ['2026-11-20'] }, 'UTC', '2026-11-20T10:00Z')).toBe('2026-11-21T08:00');
  const late: WeeklyHours = { windows: [{ days: [4], from: '22:00', to: '02:00' }], isQuiet: false };
  expect(isOpenAt({ ...late, closedOn: ['2026-11-20'] }, 'UTC', at('2026-11-20T01:00Z'))).toBe(false);
});

test('quiet hours all week and a list of closed dates never open for ever, and say so', () => {
  const always: WeeklyHours = { windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }], isQuiet: true };
  expect(next(always, 'UTC', '2026-11-20T00:00Z')).toBe('never');
  const closedOn = Array.from({ length: 200 }, (_, day) => spell(at('2026-11-20T00:00Z') + day * DAY_MS).slice(0, 10));
  expect(next({ ...OFFICE, closedOn }, 'UTC', '2026-11-20T00:00Z')).toBe('2027-06-08T09:00');
});

test('an opening within a gap is at its end; a window that lies wholly in the gap is left out that day', () => {
  const early = (from: string, to: string): WeeklyHours => ({
    windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from, to }],
    isQuiet: false,
  });
  expect(next(early('02:30', '05:00'), 'Europe/Berlin', '2026-03-28T12:00Z')).toBe('2026-03-29T01:00');
  expect(next(early('02:10', '02:50'), 'Europe/Berlin', '2026-03-28T12:00Z')).toBe('2026-03-30T00:10');
});

const timesOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const anyHours: fc.Arbitrary<WeeklyHours> = fc.record({
  windows: fc.array(
    fc.record({
      days: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      from: timesOfDay,
      to: timesOfDay,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  isQuiet: fc.boolean(),
  closedOn: fc.subarray(['2026-03-29', '2026-10-25', '2026-10-04', '2028-02-29']),
});
const DAYS = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31', '2028-02-28'];

test('[RUN-7] the next opening is the first open minute, through clock changes in every zone', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai');
  const starts = fc
    .tuple(fc.constantFrom(...DAYS), fc.integer({ min: 0, max: 1440 }))
    .map(([day, minute]) => at(`${day}T00:00Z`) + minute * MINUTE_MS);
  fc.assert(
    fc.property(anyHours, zones, starts, (hours, timeZone, from) => {
      const opening = nextOpening(hours, timeZone, from);
      const limit = Math.min(opening ?? Number.POSITIVE_INFINITY, from + 1.5 * DAY_MS);
      for (let minute = from; minute < limit; minute += MINUTE_MS)
        expect(isOpenAt(hours, timeZone, minute)).toBe(false);
      const samples = opening === undefined ? [1, 5, 9, 13].map((days) => from + days * DAY_MS) : [opening];
      for (const sample of samples) expect(isOpenAt(hours, timeZone, sample)).toBe(opening !== undefined);
    }),
    { numRuns: 100 },
  );
});
