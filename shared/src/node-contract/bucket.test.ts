import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Bucket, createBucket } from './bucket.ts';

let bucket: Bucket;
beforeAll(async () => {
  bucket = await createBucket();
});

const part = fc.string({ maxLength: 24 }).map((text) => text.replaceAll('\u001f', ''));

test('[RUN-7] the same flow, node, profile and salt always give the same number in [0, 1)', async () => {
  const other = await createBucket();
  fc.assert(
    fc.property(part, part, part, part, (flow, node, profile, salt) => {
      const value = bucket(flow, node, profile, salt);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      expect(other(flow, node, profile, salt)).toBe(value);
    }),
  );
});

test('[RUN-7] a known input keeps its number over releases', () => {
  expect(bucket('flow', 'split', 'profile', 'ab-split')).toBe(0.2784641417894437);
});

test('moving a character from one part to the next changes the number', () => {
  expect(bucket('a', 'bc', 'd', 'e')).not.toBe(bucket('ab', 'c', 'd', 'e'));
});

// Pearson's chi-square against the uniform distribution over 100 cells: with 99 degrees of freedom the 99.999 % quantile
// is 170.8, so a sound hash fails for none of the fixed salts below and a biased one fails for all.
test('[RUN-7] profiles spread evenly, for sequential and for random ids', () => {
  for (const [salt, idOf] of [
    ['sequential', (i: number) => String(i)],
    ['prefixed', (i: number) => `user-${i}@example.test`],
    ['padded', (i: number) => String(i).padStart(20, '0')],
  ] as const) {
    const cells = Array.from({ length: 100 }, () => 0);
    const size = 50_000;
    for (let i = 0; i < size; i += 1) {
      const cell = Math.floor(bucket('flow', 'node', idOf(i), salt) * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const expected = size / 100;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(170.8);
  }
});

test('two splits of one flow are independent: the arm of one says nothing about the arm of the other', () => {
  const size = 20_000;
  let both = 0;
  for (let i = 0; i < size; i += 1)
    if (bucket('flow', 'first', `p${i}`, 's') < 0.5 && bucket('flow', 'second', `p${i}`, 's') < 0.5) both += 1;
  // A quarter, within five standard deviations (sqrt(n·p·(1-p)) = 61).
  expect(Math.abs(both - size / 4)).toBeLessThan(310);
});
