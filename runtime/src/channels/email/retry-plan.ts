import type { Clock } from '@sluice/shared/time';

/** When a message that was turned down for the moment is tried again. */
export interface RetryPlan {
  /** `attempts` so far, this one included; undefined when it is time to give up. */
  next(attempts: number): Date | undefined;
}

/**
 * Doubling delays with full jitter over their upper half: a server that turned many down at once is not met by all of
 * them again at once.
 */
export function createRetryPlan(options: {
  baseMs: number;
  maxAttempts: number;
  clock: Clock;
  random?: () => number;
}): RetryPlan {
  const random = options.random ?? Math.random;
  return {
    next(attempts) {
      if (attempts >= options.maxAttempts) return undefined;
      const delayMs = options.baseMs * 2 ** (attempts - 1);
      return new Date(options.clock.now() + delayMs / 2 + (random() * delayMs) / 2);
    },
  };
}
