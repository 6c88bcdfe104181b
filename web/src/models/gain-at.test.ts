import { describe, expect, it } from 'vitest';
import { gainAt, shareFrom } from './gain-at.ts';

const gains = [
  { share: 0.25, captured: 0.5, precision: 0.4, score: 0.6 },
  { share: 0.5, captured: 0.75, precision: 0.3, score: 0.3 },
  { share: 1, captured: 1, precision: 0.2, score: 0.1 },
];

describe('the curve of gains', () => {
  it('reads between its points on a straight line, and from nothing before the first', () => {
    expect(gainAt(gains, 0.375).captured).toBeCloseTo(0.625);
    expect(gainAt(gains, 0.125).captured).toBeCloseTo(0.25);
    expect(gainAt(gains, 1)).toMatchObject({ captured: 1, precision: 0.2 });
    expect(gainAt([], 0.5)).toMatchObject({ captured: 0 });
  });

  it('says how many score at least so much', () => {
    expect(shareFrom(gains, 0.3)).toBe(0.5);
    expect(shareFrom(gains, 0.9)).toBe(0);
    expect(shareFrom(gains, 0)).toBe(1);
  });
});
