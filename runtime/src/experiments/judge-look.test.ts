import type { WinnerRule } from '@sluice/shared/node-contract';
import { describe, expect, it } from 'vitest';
import { type Arm, compareRates, judgeLook } from './judge-look.ts';

const rule: WinnerRule = {
  metric: 'click',
  everyMs: 86_400_000,
  looks: 1,
  minimumPerArm: 100,
  confidence: 0.95,
  afterwards: 'all-to-winner',
};
const arm = (variant: string, people: number, results: number, more: Partial<Arm> = {}): Arm => ({
  variant,
  share: 50,
  isHoldOut: false,
  people,
  results,
  ...more,
});

describe('compareRates', () => {
  it('agrees with a worked example: 140 of 200 against 255 of 340', () => {
    expect(compareRates({ people: 200, results: 140 }, { people: 340, results: 255 }).z).toBeCloseTo(-1.266015, 6);
  });

  it('agrees with the normal distribution of another implementation on the Hillstrom arms', () => {
    const visits = compareRates({ people: 21307, results: 3894 }, { people: 21387, results: 3238 });
    expect(visits.z).toBeCloseTo(8.684558, 5);
    expect(visits.pValue).toBeLessThan(1e-15);
    const orders = compareRates({ people: 21307, results: 267 }, { people: 21387, results: 189 });
    expect(orders.z).toBeCloseTo(3.7125842, 6);
    expect(orders.pValue).toBeCloseTo(2.0515377e-4, 9);
  });

  it('finds no difference where nobody or everybody has a result', () => {
    expect(compareRates({ people: 10, results: 0 }, { people: 10, results: 0 })).toEqual({ z: 0, pValue: 1 });
    expect(compareRates({ people: 10, results: 10 }, { people: 10, results: 10 })).toEqual({ z: 0, pValue: 1 });
    expect(compareRates({ people: 0, results: 0 }, { people: 0, results: 0 })).toEqual({ z: 0, pValue: 1 });
  });
});

describe('a look', () => {
  it('names the variant whose lead is beyond chance', () => {
    const found = judgeLook([arm('a', 300, 20), arm('b', 300, 40)], rule);
    expect(found).toMatchObject({ outcome: 'won', leader: 'b', threshold: expect.closeTo(0.05, 10) });
    expect(found.comparisons).toEqual([
      { variant: 'a', z: expect.closeTo(2.721655, 6), pValue: expect.closeTo(0.00649559, 7) },
    ]);
  });

  it('asks for more the more looks and variants there are', () => {
    const arms = [arm('a', 300, 20), arm('b', 300, 40)];
    // p = 0.0065: below 0.05 / 7, not below 0.05 / 8.
    expect(judgeLook(arms, { ...rule, looks: 7 }).outcome).toBe('won');
    expect(judgeLook(arms, { ...rule, looks: 8 }).outcome).toBe('open');
    expect(judgeLook(arms, { ...rule, confidence: 0.99, looks: 2 }).outcome).toBe('open');
    const three = [...arms, arm('c', 300, 5)];
    expect(judgeLook(three, { ...rule, looks: 2 })).toMatchObject({ outcome: 'won', leader: 'b' });
    expect(judgeLook(three, { ...rule, looks: 3 }).outcome).toBe('open');
  });

  it('leaves it open unless the leader beats every other one', () => {
    const found = judgeLook([arm('a', 1000, 50), arm('b', 1000, 200), arm('c', 1000, 210)], rule);
    expect(found).toMatchObject({ outcome: 'open', leader: 'c' });
    expect(found.comparisons.map(({ variant }) => variant)).toEqual(['a', 'b']);
  });

  it('never lets the hold-out win, nor a variant without a share', () => {
    const arms = [
      arm('a', 300, 20, { share: 45 }),
      arm('b', 300, 40, { share: 45 }),
      arm('none', 67, 60, { share: 10, isHoldOut: true }),
      arm('idle', 0, 0, { share: 0 }),
    ];
    expect(judgeLook(arms, rule)).toMatchObject({ outcome: 'won', leader: 'b' });
  });

  it('decides nothing before every contender has its minimum, or where results are too rare for the test', () => {
    expect(judgeLook([arm('a', 99, 20), arm('b', 110, 60)], rule).outcome).toBe('too-few');
    expect(judgeLook([arm('a', 100, 20), arm('b', 110, 60)], rule).outcome).toBe('won');
    expect(judgeLook([arm('a', 300, 0), arm('b', 300, 9)], rule).outcome).toBe('too-few');
    expect(judgeLook([arm('a', 300, 300), arm('b', 300, 291)], rule).outcome).toBe('too-few');
  });

  it('decides nothing while the variants did not get the shares they were meant to get', () => {
    expect(judgeLook([arm('a', 5500, 550), arm('b', 4500, 900)], rule)).toMatchObject({
      outcome: 'uneven',
      leader: null,
      comparisons: [],
    });
  });

  it('names a winner among variants that are all alike no more often than the confidence allows', () => {
    // 2,000 experiments of three looks at growing samples; the generator is seeded, so the count is always the same.
    let state = 42;
    const random = () => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return state / 4_294_967_296;
    };
    const draw = () => Array.from({ length: 200 }, random).filter((number) => number < 0.2).length;
    const experiments = 2000;
    let wrong = 0;
    for (let i = 0; i < experiments; i += 1) {
      const results = [0, 0, 0];
      let isWon = false;
      for (let look = 1; look <= 3 && !isWon; look += 1) {
        results.forEach((_, index) => (results[index] = (results[index] ?? 0) + draw()));
        const arms = results.map((count, index) => arm(`v${index}`, 200 * look, count));
        isWon = judgeLook(arms, { ...rule, looks: 3 }).outcome === 'won';
      }
      if (isWon) wrong += 1;
    }
    expect(wrong / experiments).toBeLessThan(0.05);
    expect(wrong).toBeGreaterThan(0);
  });
});
