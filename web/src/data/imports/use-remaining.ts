import { SECOND_MS } from '@sluice/shared/time';
import { useState } from 'react';

const WARM_UP_MS = 3 * SECOND_MS;

/** Time left at the pace seen since this page opened; absent until the pace is known. `progress` is 0..1 as of `asOfMs`. */
export function useRemainingMs(progress: number, asOfMs: number): number | undefined {
  const [start] = useState({ progress, asOfMs });
  return remainingMsOf(start, { progress, asOfMs });
}

interface Standing {
  progress: number;
  asOfMs: number;
}

/** Whole seconds, at least one. */
export function remainingMsOf(start: Standing, now: Standing): number | undefined {
  const elapsedMs = now.asOfMs - start.asOfMs;
  const done = now.progress - start.progress;
  if (elapsedMs < WARM_UP_MS || done <= 0) return undefined;
  const restMs = ((1 - now.progress) * elapsedMs) / done;
  return Math.max(1, Math.round(restMs / SECOND_MS)) * SECOND_MS;
}
