const WHOLE = 100;

/** Weights of `count` variants that sum to 100, as even as whole numbers allow; the first ones take the rest. */
export function evenShares(count: number): number[] {
  const share = Math.floor(WHOLE / count);
  return Array.from({ length: count }, (_, index) => share + (index < WHOLE - share * count ? 1 : 0));
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
