import { expect, test } from 'vitest';
import { EVER, periodOf, periodOfDays } from './period-select.tsx';

test('a period begins with a full hour, and without a span there is none', () => {
  expect(periodOf(24 * 3_600_000, Date.UTC(2026, 2, 2, 10, 59))).toEqual({ from: '2026-03-01T10:00:00.000Z' });
  expect(periodOf(undefined, 0)).toBe(EVER);
});

test('days reach from midnight to midnight where the workspace is, both included, also over a change of clocks', () => {
  expect(periodOfDays('2026-03-01', '2026-03-01', 'Asia/Shanghai')).toEqual({
    from: '2026-02-28T16:00:00.000Z',
    to: '2026-03-01T16:00:00.000Z',
  });
  expect(periodOfDays('2026-03-29', '2026-03-29', 'Europe/Berlin')).toEqual({
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-03-29T22:00:00.000Z',
  });
});
