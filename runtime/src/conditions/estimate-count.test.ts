import { expect, test } from 'vitest';
import { estimateCount } from './estimate-count.ts';

test('the estimate is the share of those seen, and the margin narrows as more are seen', () => {
  expect(estimateCount(250, 1000, 100_000)).toEqual({ count: 25_000, margin: 2671 });
  expect(estimateCount(2500, 10_000, 100_000)).toEqual({ count: 25_000, margin: 806 });
});

test('whoever has seen all of them is certain', () => {
  expect(estimateCount(40, 100, 100)).toEqual({ count: 40, margin: 0 });
});

test('none among those seen does not mean none', () => {
  expect(estimateCount(0, 3000, 300_000)).toEqual({ count: 0, margin: 300 });
  expect(estimateCount(0, 0, 10)).toEqual({ count: 0, margin: 10 });
});
