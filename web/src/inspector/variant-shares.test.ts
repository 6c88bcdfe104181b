import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenShares, freshKey, sumOf } from './variant-shares.ts';

test('even shares sum to 100 and differ by at most one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
      const shares = evenShares(count);
      expect(sumOf(shares)).toBe(100);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a sum of tenths is exact', () => {
  expect(sumOf([33.3, 33.3, 33.4])).toBe(100);
});

test('a fresh key is not taken', () => {
  expect(freshKey(['a', 'c'])).toBe('b');
  expect(freshKey([...'abcdefghijklmnopqrstuvwxyz'])).toBe('v27');
});
