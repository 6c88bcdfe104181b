/** What a part of the profiles says about all of them. */
export interface CountEstimate {
  count: number;
  /** Half the width of the interval that holds the true number in 19 of 20 cases. */
  margin: number;
}

const TWO_SIDED_95 = 1.96;

/**
 * From `matched` of `seen` profiles drawn at random out of `candidates`: the share times the whole, with the normal
 * approximation of its standard error and the correction for a finite population (Cochran, Sampling Techniques, 1977,
 * sections 2.6 and 3.2). Pure. Ids of profiles are hashes, so those with the lowest ids are such a draw.
 */
export function estimateCount(matched: number, seen: number, candidates: number): CountEstimate {
  const whole = Math.max(candidates, seen);
  if (seen === 0) return { count: 0, margin: whole };
  const share = matched / seen;
  const finite = whole > 1 ? (whole - seen) / (whole - 1) : 0;
  const error = Math.sqrt(((share * (1 - share)) / seen) * finite);
  // Of a share that was never seen nothing is known but that it is small: three in the number seen (rule of three).
  const margin = matched === 0 ? (3 / seen) * whole : TWO_SIDED_95 * error * whole;
  return { count: Math.round(share * whole), margin: Math.ceil(Math.min(margin, whole)) };
}
