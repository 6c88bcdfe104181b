import type { GainPoint } from '@sluice/shared/http-api';

/** What is to be expected of the best `share` of all (0 to 1), between the points of the curve on a straight line. */
export function gainAt(gains: readonly GainPoint[], share: number): GainPoint {
  const start: GainPoint = { share: 0, captured: 0, precision: gains[0]?.precision ?? 0, score: 1 };
  const next = gains.findIndex((point) => point.share >= share);
  const after = gains[next];
  if (!after) return gains.at(-1) ?? start;
  const before = gains[next - 1] ?? start;
  const width = after.share - before.share;
  const way = width === 0 ? 1 : (share - before.share) / width;
  const between = (part: 'captured' | 'precision' | 'score') => before[part] + way * (after[part] - before[part]);
  return { share, captured: between('captured'), precision: between('precision'), score: between('score') };
}

/** How large a part of all scores at least so much (0 to 1). */
export function shareFrom(gains: readonly GainPoint[], score: number): number {
  return gains.findLast((point) => point.score >= score)?.share ?? 0;
}
