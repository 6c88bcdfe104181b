import { describe, expect, it } from 'vitest';
import { msOf, periodOf } from './period.ts';

describe('periods of an event window', () => {
  it('show in the largest unit that divides them', () => {
    expect(periodOf(30 * 86_400_000)).toEqual({ amount: 30, unit: 'day' });
    expect(periodOf(36 * 3_600_000)).toEqual({ amount: 36, unit: 'hour' });
    expect(periodOf(90_000)).toEqual({ amount: 2, unit: 'minute' });
  });

  it('are never shorter than a minute', () => {
    expect(msOf({ amount: 0, unit: 'hour' })).toBe(60_000);
    expect(msOf({ amount: 2, unit: 'hour' })).toBe(7_200_000);
  });
});
