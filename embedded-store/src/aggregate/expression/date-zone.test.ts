import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { fromLocal, offsetAt, toLocal, zoneOf } from './date-zone.ts';

const zoneNames = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe', '+05:30');
const instants = fc.date({ min: new Date('1975-01-01'), max: new Date('2045-01-01'), noInvalidDate: true });

describe('time zones', () => {
  it('have the offset that luxon knows, and a wall clock that leads back to the instant or its first namesake', () => {
    fc.assert(
      fc.property(instants, zoneNames, (instant, name) => {
        const zone = zoneOf(name);
        expect(offsetAt(instant.getTime(), zone)).toBe(DateTime.fromJSDate(instant, { zone }).offset);
        const local = toLocal(instant, zone);
        const back = fromLocal(local, zone);
        expect(toLocal(back, zone)).toEqual(local);
        expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
      }),
      { numRuns: 500 },
    );
  });

  it('take the first of two equal wall clocks and move a skipped one forward', () => {
    const paris = zoneOf('Europe/Paris');
    expect(fromLocal(new Date('2026-10-25T02:30:00Z'), paris)).toEqual(new Date('2026-10-25T00:30:00Z'));
    expect(fromLocal(new Date('2026-03-29T02:30:00Z'), paris)).toEqual(new Date('2026-03-29T01:30:00Z'));
  });
});
