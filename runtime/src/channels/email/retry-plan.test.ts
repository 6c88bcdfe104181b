import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryPlan } from './retry-plan.ts';

describe('a retry plan', () => {
  it('doubles the delay and spreads it over its upper half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, luck) => {
        const plan = createRetryPlan({ baseMs: 1000, maxAttempts: 10, clock: { now: () => 0 }, random: () => luck });
        const delayMs = 1000 * 2 ** (attempts - 1);
        const at = plan.next(attempts)?.getTime() ?? -1;
        expect(at).toBeGreaterThanOrEqual(Math.floor(delayMs / 2));
        expect(at).toBeLessThanOrEqual(delayMs);
      }),
    );
  });

  it('ends with the last attempt', () => {
    expect(createRetryPlan({ baseMs: 1, maxAttempts: 3, clock: { now: () => 0 } }).next(3)).toBeUndefined();
  });
});
