import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import { instantOf, isTimeZone, wallOf } from './wall-clock.ts';

const at = (text: string) => new Date(text).getTime();
/** A reading as the wall shows it, written without a zone. */
const shown = (text: string) => at(`${text}Z`);
const spell = (instant: number) => new Date(instant).toISOString().slice(0, 16);

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'UTC', 'America/Havana'];

test.each([
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00'],
  ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00'],
  ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00'],
  ['America/New_York', '2026-03-08T02:59', '2026-03-08T07:00'],
  // Half an hour is left out.
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30'],
  // Midnight is left out.
  ['America/Havana', '2026-03-08T00:00', '2026-03-08T05:00'],
  // A whole day is left out.
  ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00'],
])('in %s the reading %s, left out when clocks are put forward, is the end of the gap', (zone, reading, expected) => {
  expect(spell(instantOf(shown(reading), zone))).toBe(expected);
});

test.each([
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
  ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00'],
  ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45'],
])('in %s the reading %s, shown twice when clocks are put back, is the first of the two', (zone, reading, expected) => {
  expect(spell(instantOf(shown(reading), zone))).toBe(expected);
});

const instants = fc.integer({ min: at('2000-01-01T00:00Z') / MINUTE_MS, max: at('2037-01-01T00:00Z') / MINUTE_MS });

test('a reading is shown at its instant, or was left out and the instant ends the gap', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, (zone, minutes) => {
      const wall = minutes * MINUTE_MS;
      const instant = instantOf(wall, zone);
      if (wallOf(instant, zone) === wall) return;
      expect(wallOf(instant - 1, zone)).toBeLessThan(wall);
      expect(wallOf(instant, zone)).toBeGreaterThan(wall);
    }),
  );
});

test('no earlier instant shows the same reading', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, (zone, minutes) => {
      const instant = minutes * MINUTE_MS;
      const first = instantOf(wallOf(instant, zone), zone);
      expect(first).toBeLessThanOrEqual(instant);
      if (first === instant) return;
      expect(instant - first).toBeLessThanOrEqual(HOUR_MS);
      expect(wallOf(first, zone)).toBe(wallOf(instant, zone));
    }),
  );
});

test('later readings are never at earlier instants', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, fc.integer({ min: 0, max: DAY_MS }), (zone, minutes, more) => {
      const wall = minutes * MINUTE_MS;
      expect(instantOf(wall + more, zone)).toBeGreaterThanOrEqual(instantOf(wall, zone));
    }),
  );
});

test('a name that no zone has is told apart, and never read as another zone', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true);
  expect(isTimeZone('Asia/Atlantis')).toBe(false);
  expect(() => instantOf(0, 'Asia/Atlantis')).toThrow(RangeError);
});
