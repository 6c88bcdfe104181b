const WHOLE = 100;

interface Arm {
  weight?: number;
  isHoldOut?: boolean;
}

/** Weights of `count` variants that sum to 100, as even as whole numbers allow; the first ones take the rest. */
export function evenShares(count: number): number[] {
  return inProportion(
    Array.from({ length: count }, () => 1),
    WHOLE,
  );
}

/** The sum of weights, free of the dust of binary fractions (33.3 + 33.3 + 33.4). */
export function sumOf(weights: readonly number[]): number {
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) * 1000) / 1000;
}

/** The first letter that no variant has as its key yet. */
export function freshKey(taken: readonly string[]): string {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  return letters.find((letter) => !taken.includes(letter)) ?? `v${taken.length + 1}`;
}

/** The share of an arm; none where it is not written yet. */
export const weightOf = ({ weight }: Arm): number => (typeof weight === 'number' ? weight : 0);

/** The arms with one more, which gets as much as the others on average; a hold-out keeps its share. */
export function withArm<A extends Arm>(arms: readonly A[], added: A): A[] {
  const others = arms.filter(isContender);
  const free = WHOLE - sumOf(arms.filter((arm) => !isContender(arm)).map(weightOf));
  const weight = Math.floor(Math.max(0, free) / (others.length + 1));
  return [...shared(arms, free - weight, isContender), { ...added, weight }];
}

/** The arms without one, whose share goes to the others as they have shares; a hold-out keeps its own if others can take it. */
export function withoutArm<A extends Arm>(arms: readonly A[], removed: A): A[] {
  const left = arms.filter((arm) => arm !== removed);
  const takes = left.some(isContender) ? isContender : () => true;
  const kept = sumOf(left.filter((arm) => !takes(arm)).map(weightOf));
  return shared(left, WHOLE - kept, takes);
}

/** The arms after one was given another share: of two the other has what is left, of more a person decides. */
export function withShare<A extends Arm>(arms: readonly A[], index: number, weight: number): A[] {
  const isWhole = weight >= 0 && weight <= WHOLE;
  return arms.map((arm, at) => {
    if (at === index) return { ...arm, weight };
    return arms.length === 2 && isWhole ? { ...arm, weight: WHOLE - weight } : arm;
  });
}

const isContender = (arm: Arm) => arm.isHoldOut !== true;

function shared<A extends Arm>(arms: readonly A[], total: number, takes: (arm: A) => boolean): A[] {
  const shares = inProportion(arms.filter(takes).map(weightOf), Math.max(0, total));
  return arms.map((arm) => (takes(arm) ? { ...arm, weight: shares.shift() ?? 0 } : arm));
}

/** Whole numbers that sum to `total` and stand to each other as the weights do; evenly where there are none. */
function inProportion(weights: readonly number[], total: number): number[] {
  const sum = sumOf(weights);
  const exact = weights.map((weight) => (sum > 0 ? (weight * total) / sum : total / weights.length));
  const shares = exact.map(Math.floor);
  const largestFirst = exact.map((share, index) => ({ index, rest: share % 1 })).sort((a, b) => b.rest - a.rest);
  const missing = Math.round(total - sumOf(shares));
  for (const { index } of largestFirst.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
