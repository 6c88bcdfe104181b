import type { EventStep } from './ast.ts';

/** Whether what happened at an instant was followed as asked, and until when a "no" stands if nothing but time happens. */
export interface Following {
  isFollowed(at: number): boolean;
  /** Unix milliseconds; infinite where the answer no longer changes by time alone. */
  standsUntil(at: number): number;
}

/**
 * Reads the steps from the last to the first: of each step only those instants are kept from which the rest came about, so
 * the question for one instant is one binary search. `instants` are those of each step, ascending and up to now. A step
 * comes strictly after the one before it. Pure.
 */
export function compileSteps(
  steps: readonly EventStep[],
  instants: readonly (readonly number[])[],
  now: number,
): Following {
  let rest: Following = { isFollowed: () => true, standsUntil: () => Number.POSITIVE_INFINITY };
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step)
      rest =
        step.is === 'did' ? did(step.ms, instants[index] ?? [], rest) : didNot(step.ms, instants[index] ?? [], now);
  }
  return rest;
}

function did(ms: number, instants: readonly number[], rest: Following): Following {
  const good = instants.filter((at) => rest.isFollowed(at));
  const open = instants.filter((at) => Number.isFinite(rest.standsUntil(at)));
  const soonest = Math.min(...open.map((at) => rest.standsUntil(at)), Number.POSITIVE_INFINITY);
  return {
    isFollowed: (at) => isWithin(good, at, ms),
    // Too early for some, never too late: whichever open step is decided first is looked at again.
    standsUntil: (at) => (isWithin(open, at, ms) ? soonest : Number.POSITIVE_INFINITY),
  };
}

/** Nothing has come of it once the time for it is over; until then nobody knows. */
function didNot(ms: number, instants: readonly number[], now: number): Following {
  return {
    isFollowed: (at) => at + ms <= now && !isWithin(instants, at, ms),
    standsUntil: (at) => (at + ms <= now || isWithin(instants, at, ms) ? Number.POSITIVE_INFINITY : at + ms),
  };
}

/** Whether an instant lies behind `at` and no further than `ms`. */
function isWithin(instants: readonly number[], at: number, ms: number): boolean {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const next = instants[low];
  return next !== undefined && next <= at + ms;
}
