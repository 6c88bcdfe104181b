import { evaluate } from '@sluice/shared/condition';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countKept, isKept, OPERATIONS, toCondition } from './combine-draft.ts';

const AUDIENCES = ['a', 'b', 'c', 'd'];
const INSTANT = { now: 0, timeZone: 'UTC' };

it('the picture takes exactly those parts that the condition of the operation meets', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OPERATIONS),
      fc.shuffledSubarray(AUDIENCES, { minLength: 2 }),
      fc.subarray(AUDIENCES, { minLength: 1 }),
      (operation, chosen, isIn) => {
        const part = { audiences: isIn.filter((id) => chosen.includes(id)), count: 1 };
        const { isMatch } = evaluate(toCondition(operation, chosen), { attributes: {}, audiences: isIn }, INSTANT);
        expect(isKept(operation, chosen, part)).toBe(isMatch);
      },
    ),
  );
});

it('a difference takes away from the one that was chosen first', () => {
  const overlaps = [
    { audiences: ['a'], count: 5 },
    { audiences: ['a', 'b'], count: 3 },
    { audiences: ['b'], count: 2 },
  ];
  expect(countKept('difference', ['b', 'a'], overlaps)).toBe(2);
  expect(countKept('difference', ['a', 'b'], overlaps)).toBe(5);
  expect(countKept('union', ['a', 'b'], overlaps)).toBe(10);
});
