import jStat from 'jstat';

/** Below this the split did not come out as it was set up, and rates of its variants should not be trusted. */
const SUSPECT_BELOW = 0.001;

/** Sample-ratio check: Pearson's chi-square of the observed sizes against the shares that were set up. */
export function checkSampleRatio(
  observed: readonly number[],
  shares: readonly number[],
): { chiSquare: number; pValue: number; isSuspect: boolean } | null {
  const total = observed.reduce((sum, count) => sum + count, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (observed.length < 2 || observed.length !== shares.length || total === 0) return null;
  if (shares.some((share) => share <= 0)) return null;
  const chiSquare = observed.reduce((sum, count, index) => {
    const expected = (total * (shares[index] as number)) / whole;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const pValue = 1 - jStat.chisquare.cdf(chiSquare, observed.length - 1);
  return { chiSquare, pValue, isSuspect: pValue < SUSPECT_BELOW };
}
