import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenShares, freshKey, sumOf, withArm, withoutArm, withShare } from './variant-shares.ts';

const contender = (weight: number) => ({ weight, isHoldOut: false });
const holdOut = (weight: number) => ({ weight, isHoldOut: true });
const sharesOf = (arms: readonly { weight?: number }[]) => arms.map(({ weight }) => weight);

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

describe('shares stay a whole', () => {
  test('when an arm is added: it gets as much as the others have on average, and the hold-out keeps its share', () => {
    expect(sharesOf(withArm([contender(50), contender(50)], contender(0)))).toEqual([34, 33, 33]);
    expect(sharesOf(withArm([contender(45), contender(45), holdOut(10)], contender(0)))).toEqual([30, 30, 10, 30]);
    expect(sharesOf(withArm([contender(60), contender(30), holdOut(10)], contender(0)))).toEqual([40, 20, 10, 30]);
  });

  test('when an arm is taken away: the others have its share, and the hold-out only if there are no others', () => {
    const [a, b, held] = [contender(45), contender(45), holdOut(10)];
    expect(sharesOf(withoutArm([a, b, held], b))).toEqual([90, 10]);
    expect(sharesOf(withoutArm([a, b, held], held))).toEqual([50, 50]);
    expect(sharesOf(withoutArm([a, held], a))).toEqual([100]);
  });

  test('when one of two is given another share: the other has the rest', () => {
    expect(sharesOf(withShare([contender(50), holdOut(50)], 0, 90))).toEqual([90, 10]);
    expect(sharesOf(withShare([contender(50), contender(50)], 0, 900))).toEqual([900, 50]);
    expect(sharesOf(withShare([contender(40), contender(40), contender(20)], 0, 50))).toEqual([50, 40, 20]);
  });

  test('whatever arms are added and taken away', () => {
    const weight = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 2, maxLength: 8 }), weight, fc.nat(), (weights, held, at) => {
        const arms = [...weights.map(contender), holdOut(held)];
        const removed = arms[at % weights.length] ?? holdOut(0);
        const left = withoutArm(arms, removed);
        const more = withArm(left, contender(0));
        for (const some of [left, more]) {
          expect(some.find(({ isHoldOut }) => isHoldOut)?.weight).toBe(held);
          expect(sumOf(some.map((arm) => arm.weight))).toBe(100);
          expect(some.every((arm) => Number.isInteger(arm.weight) && arm.weight >= 0)).toBe(true);
        }
      }),
    );
  });
});
