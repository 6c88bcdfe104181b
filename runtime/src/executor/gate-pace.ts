const MINUTE_MS = 60_000;

/** How a gate lets `perMinute` through: so many at once after a pause, and one each `gapMs`. */
export interface GatePace {
  burst: number;
  gapMs: number;
}

/**
 * Wake-ups come in seconds, so two seconds' worth may pass at once; the gap is longer by so much that no minute, wherever it
 * begins, sees more than `perMinute`: burst + (60 s - 1) / gap < perMinute + 1.
 */
export function paceOf(perMinute: number): GatePace {
  const burst = Math.max(1, Math.ceil(perMinute / 30));
  return { burst, gapMs: MINUTE_MS / (perMinute - burst + 1) };
}

/**
 * The next state of a gate (generic cell rate algorithm, ITU-T I.371): `nextAt` is when the next one would pass in an even
 * stream; it may be behind the clock by the burst. Pure; instants in Unix milliseconds.
 */
export function passThrough(
  nextAt: number | undefined,
  pace: GatePace,
  count: number,
  now: number,
): { passed: number; nextAt: number } {
  const from = Math.max(nextAt ?? Number.NEGATIVE_INFINITY, now - (pace.burst - 1) * pace.gapMs);
  const passed = Math.min(count, Math.max(0, Math.floor((now - from) / pace.gapMs) + 1));
  return { passed, nextAt: from + passed * pace.gapMs };
}
