import { describe, expect, it } from 'vitest';
import { remainingMsOf } from './use-remaining.ts';

describe('the time an import still needs', () => {
  it('follows the pace seen so far', () => {
    expect(remainingMsOf({ progress: 0.2, asOfMs: 0 }, { progress: 0.6, asOfMs: 8_000 })).toBe(8_000);
  });

  it('is not guessed from the first moments or without progress', () => {
    expect(remainingMsOf({ progress: 0, asOfMs: 0 }, { progress: 0.5, asOfMs: 1_000 })).toBeUndefined();
    expect(remainingMsOf({ progress: 0.5, asOfMs: 0 }, { progress: 0.5, asOfMs: 10_000 })).toBeUndefined();
  });
});
