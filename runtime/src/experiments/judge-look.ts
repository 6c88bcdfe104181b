import type { WinnerRule } from '@sluice/shared/node-contract';
import jStat from 'jstat';
import { checkSampleRatio } from '../analytics/sample-ratio.ts';

/** One variant as a look found it. `results`: how many of the `people` dealt into it have what is compared. */
export interface Arm {
  variant: string;
  /** Its weight; nobody is dealt into a share of nothing. */
  share: number;
  isHoldOut: boolean;
  people: number;
  results: number;
}

/**
 * What a look says. `too-few`: a contender has not the people, or not the results, that the test needs. `uneven`: the
 * people did not come in the shares that were set up, so that rates must not be compared. `open`: the leader does not beat
 * every other contender. `threshold`: what each p-value has to be below.
 */
export interface Finding {
  outcome: 'too-few' | 'uneven' | 'open' | 'won';
  leader: string | null;
  threshold: number;
  /** The leader against each other contender. */
  comparisons: { variant: string; z: number; pValue: number }[];
}

/** Successes and failures that each arm must be expected to have for the normal approximation to hold. */
const EXPECTED_AT_LEAST = 5;

/**
 * Judges one of the looks of an experiment. Pure. The error that a winner is named although all are alike stays below
 * 1 - confidence over all looks and pairs of contenders (Bonferroni: it is divided among them). The hold-out cannot win.
 */
export function judgeLook(arms: readonly Arm[], rule: WinnerRule): Finding {
  const dealt = arms.filter(({ share }) => share > 0);
  const contenders = dealt.filter(({ isHoldOut }) => !isHoldOut);
  const pairs = (contenders.length * (contenders.length - 1)) / 2;
  const threshold = (1 - rule.confidence) / (rule.looks * Math.max(1, pairs));
  const undecided = (outcome: Finding['outcome']): Finding => ({ outcome, leader: null, threshold, comparisons: [] });

  if (contenders.length < 2 || !areEnough(contenders, rule.minimumPerArm)) return undecided('too-few');
  const ratio = checkSampleRatio(
    dealt.map(({ people }) => people),
    dealt.map(({ share }) => share),
  );
  if (ratio?.isSuspect) return undecided('uneven');
  const leader = contenders.reduce((best, arm) => (rateOf(arm) > rateOf(best) ? arm : best));
  const comparisons = contenders
    .filter((arm) => arm !== leader)
    .map((arm) => ({ variant: arm.variant, ...compareRates(leader, arm) }));
  const isWon = comparisons.every(({ pValue }) => pValue < threshold);
  return { outcome: isWon ? 'won' : 'open', leader: leader.variant, threshold, comparisons };
}

type Counts = Pick<Arm, 'people' | 'results'>;

/**
 * Two-sided z-test of two proportions with the pooled estimate of the variance, as in the NIST/SEMATECH e-Handbook of
 * Statistical Methods, 7.3.3.
 */
export function compareRates(one: Counts, other: Counts): { z: number; pValue: number } {
  const pooled = (one.results + other.results) / (one.people + other.people);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / one.people + 1 / other.people));
  if (!(deviation > 0)) return { z: 0, pValue: 1 };
  const z = (rateOf(one) - rateOf(other)) / deviation;
  return { z, pValue: 2 * jStat.normal.cdf(-Math.abs(z), 0, 1) };
}

function rateOf({ people, results }: Counts): number {
  return people === 0 ? 0 : results / people;
}

function areEnough(contenders: readonly Arm[], minimum: number): boolean {
  const people = contenders.reduce((sum, arm) => sum + arm.people, 0);
  const rate = contenders.reduce((sum, arm) => sum + arm.results, 0) / Math.max(1, people);
  return contenders.every((arm) => arm.people >= minimum && arm.people * Math.min(rate, 1 - rate) >= EXPECTED_AT_LEAST);
}
