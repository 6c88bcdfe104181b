import { sumOf } from './logistic-regression.ts';

export interface RankedRows {
  scores: Float64Array;
  /** 0 or 1 per row. */
  labels: Uint8Array;
  /** How many profiles a row stands for. */
  weights: Float64Array;
}

/** Chance that a positive is ranked above a negative, ties counting half; 0.5 where one of them is missing. */
export function areaUnderCurve({ scores, labels, weights }: RankedRows): number {
  const order = orderBy(scores);
  let positives = 0;
  let negatives = 0;
  let wins = 0;
  for (let from = 0; from < order.length; ) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let at = from;
    for (; at < order.length && scores[order[at]!] === scores[order[from]!]; at += 1) {
      const row = order[at]!;
      if (labels[row] === 1) tiedPositives += weights[row]!;
      else tiedNegatives += weights[row]!;
    }
    wins += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    from = at;
  }
  return positives === 0 || negatives === 0 ? 0.5 : wins / (positives * negatives);
}

/** Standard error of an AUC by Hanley and McNeil (1982), from how many rows of each class were looked at. */
export function errorOfArea(area: number, positives: number, negatives: number): number {
  if (positives === 0 || negatives === 0) return 0.5;
  const q1 = area / (2 - area);
  const q2 = (2 * area * area) / (1 + area);
  const variance =
    (area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area)) /
    (positives * negatives);
  return Math.sqrt(Math.max(0, variance));
}

export interface RankBand {
  /** Profiles and positives of the band; estimates where the rows are a sample. */
  profiles: number;
  positives: number;
  /** Mean predicted and found share of positives. */
  predicted: number;
  actual: number;
  /** The lowest score in it. */
  fromScore: number;
}

/** Cuts the rows, best first, into bands of equally many profiles; a row is in one band whole. */
export function bandsOf({ scores, labels, weights }: RankedRows, count: number): RankBand[] {
  const order = orderBy(scores).reverse();
  const total = sumOf(weights);
  const bands = Array.from({ length: count }, () => ({ profiles: 0, positives: 0, expected: 0, fromScore: 0 }));
  let passed = 0;
  for (const row of order) {
    const weight = weights[row]!;
    const band = bands[Math.min(count - 1, Math.floor(((passed + weight / 2) / total) * count))]!;
    passed += weight;
    band.profiles += weight;
    band.expected += weight * scores[row]!;
    if (labels[row] === 1) band.positives += weight;
    band.fromScore = scores[row]!;
  }
  return bands
    .filter(({ profiles }) => profiles > 0)
    .map(({ profiles, positives, expected, fromScore }) => ({
      profiles,
      positives,
      predicted: expected / profiles,
      actual: positives / profiles,
      fromScore,
    }));
}

/** Row numbers from the lowest score to the highest; equal scores in the order of rows. */
function orderBy(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores, (_, row) => row);
  return order.sort((one, other) => scores[one]! - scores[other]! || one - other);
}
