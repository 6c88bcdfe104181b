import { expect, test } from 'vitest';
import { msOf, unitOf } from './duration-units.ts';

test.each([
  [5_400_000, 'minute'],
  [7_200_000, 'hour'],
  [86_400_000, 'day'],
  [14 * 86_400_000, 'day'],
  [1_000, 'second'],
  [0, 'minute'],
] as const)('%i ms are shown in %ss', (durationMs, unit) => {
  expect(unitOf(durationMs)).toBe(unit);
  expect(Number.isInteger(durationMs / msOf(unit))).toBe(true);
});
