import { expect, test } from 'vitest';
import { EVER, periodOf } from './period-select.tsx';

test('a period begins with a full hour, and without a span there is none', () => {
  expect(periodOf(24 * 3_600_000, Date.UTC(2026, 2, 2, 10, 59))).toEqual({ from: '2026-03-01T10:00:00.000Z' });
  expect(periodOf(undefined, 0)).toBe(EVER);
});
