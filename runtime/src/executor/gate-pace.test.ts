import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paceOf, passThrough } from './gate-pace.ts';

/** Instants at which somebody passed, given when how many asked. */
function passes(perMinute: number, asked: readonly { afterMs: number; count: number }[]): number[] {
  const pace = paceOf(perMinute);
  const found: number[] = [];
  let nextAt: number | undefined;
  let now = 1_800_000_000_000;
  for (const { afterMs, count } of asked) {
    now += afterMs;
    const step = passThrough(nextAt, pace, count, now);
    if (step.passed > 0) nextAt = step.nextAt;
    for (let one = 0; one < step.passed; one += 1) found.push(now);
  }
  return found;
}

function mostInAMinute(instants: readonly number[]): number {
  let most = 0;
  let from = 0;
  instants.forEach((at, index) => {
    while ((instants[from] as number) <= at - 60_000) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

test('however people come, no minute sees more pass than it may', () => {
  const asked = fc.array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 200_000 })),
      count: fc.integer({ min: 1, max: 400 }),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), asked, (perMinute, coming) => {
      expect(mostInAMinute(passes(perMinute, coming))).toBeLessThanOrEqual(perMinute);
    }),
  );
});

test('a crowd that asks each second gets nearly all the places of a minute', () => {
  for (const perMinute of [1, 2, 7, 60, 600, 6000]) {
    const hour = Array.from({ length: 3600 }, () => ({ afterMs: 1000, count: 1000 }));
    expect(passes(perMinute, hour).length).toBeGreaterThan(perMinute * 60 * 0.95 - 1);
  }
});
