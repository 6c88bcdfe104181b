import { describe, expect, it } from 'vitest';
import { checkSampleRatio } from './sample-ratio.ts';

describe('checkSampleRatio', () => {
  it('agrees with the published check of the Hillstrom arms', () => {
    const check = checkSampleRatio([21307, 21387, 21306], [1, 1, 1]);
    expect(check?.chiSquare).toBeCloseTo(0.20253125, 8);
    expect(check?.pValue).toBeCloseTo(0.9037, 4);
    expect(check?.isSuspect).toBe(false);
  });

  it('suspects a split that came out lopsided', () => {
    expect(checkSampleRatio([5500, 4500], [50, 50])?.isSuspect).toBe(true);
  });

  it('has nothing to say about one variant, about nobody, or about a share of nothing', () => {
    expect(checkSampleRatio([10], [1])).toBeNull();
    expect(checkSampleRatio([0, 0], [1, 1])).toBeNull();
    expect(checkSampleRatio([3, 4], [1, 0])).toBeNull();
  });
});
