const MAX_DELAY_MS = 10 * 60_000;
/** A receiver may ask for patience, but not hold a call for ever. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * How long until the next attempt, in milliseconds: doubling delays with full jitter, so that those who were turned down
 * together do not come back together. What the receiver asked for is waited for on top.
 */
export function delayBefore(
  attempts: number,
  options: { baseMs: number; retryAfterMs?: number | undefined; random: () => number },
): number {
  const { baseMs, retryAfterMs = 0, random } = options;
  return Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) + random() * Math.min(baseMs * 2 ** (attempts - 1), MAX_DELAY_MS);
}

/** Retry-After in seconds or as a date (RFC 9110 section 10.2.3); undefined for anything else. */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
