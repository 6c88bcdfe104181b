import type { RfmSegment } from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';
import type { RfmFigures } from './derived-record.ts';

/** The orders of one customer within the window. */
export interface Orders {
  lastAt: number;
  count: number;
  amount: number;
}

type Bounds = RfmFigures['bounds'];

/** Where the fifths of all customers meet. Pure. */
export function boundsOf(customers: { lastAt: number[]; count: number[]; amount: number[] }): Bounds {
  return {
    recency: fifths(customers.lastAt),
    frequency: fifths(customers.count),
    monetary: fifths(customers.amount),
  };
}

function fifths(values: number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return [];
  return [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
}

export interface RfmScores {
  recency: number;
  r: number;
  f: number;
  m: number;
  segment: RfmSegment;
}

/** Days since the last order, scores from 1 to 5, and the segment. The newer the order, the higher R. Pure. */
export function scoreRfm({ lastAt, count, amount }: Orders, bounds: Bounds, now: number): RfmScores {
  const r = scoreOf(lastAt, bounds.recency);
  const f = scoreOf(count, bounds.frequency);
  const m = scoreOf(amount, bounds.monetary);
  return { recency: Math.max(0, Math.floor((now - lastAt) / DAY_MS)), r, f, m, segment: segmentOf(r, f, m) };
}

/** One more than the bounds that lie below; equal values have equal scores. */
function scoreOf(value: number, bounds: readonly number[]): number {
  return 1 + bounds.filter((bound) => bound < value).length;
}

export function segmentOf(r: number, f: number, m: number): RfmSegment {
  const worth = Math.round((f + m) / 2);
  if (r >= 4) {
    if (worth >= 4) return 'champions';
    return worth >= 2 ? 'potential' : 'new';
  }
  if (r === 3) {
    if (worth >= 4) return 'loyal';
    return worth >= 2 ? 'attention' : 'about-to-sleep';
  }
  if (worth >= 3) return 'at-risk';
  return r === 2 ? 'hibernating' : 'lost';
}
