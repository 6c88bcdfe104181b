import type { Draw } from '@sluice/shared/random';

/** How long people take until they do something, of those who do it within `withinMs`. */
export interface DelaySpread {
  medianMs: number;
  /** Nine of ten have done it by then; absent: as many as when the chance is the same at every moment. */
  p90Ms?: number;
  withinMs: number;
}

/**
 * A delay from the Weibull distribution that has this median and 90th percentile, cut at `withinMs`; with the median alone
 * it is the exponential one. Quantile function: scale · (-ln(1 - u))^(1/shape); the two percentiles give shape and scale.
 */
export function drawDelay({ medianMs, p90Ms, withinMs }: DelaySpread, draw: Draw): number {
  if (medianMs <= 0) return 0;
  const ratio = (p90Ms ?? 0) / medianMs;
  const shape = ratio > 1 ? Math.log(Math.LN10 / Math.LN2) / Math.log(ratio) : 1;
  const scale = medianMs / Math.LN2 ** (1 / shape);
  const within = 1 - Math.exp(-((withinMs / scale) ** shape));
  return Math.min(withinMs, Math.round(scale * (-Math.log(1 - draw() * within)) ** (1 / shape)));
}

/**
 * The chance that a message adds, where `share` of those who were sent it do something and `own` of those who were not:
 * together the two, independent of each other, come to `share` again.
 */
export function addedShare(share: number, own: number): number {
  return own >= 1 ? 0 : Math.max(0, (share - own) / (1 - own));
}
