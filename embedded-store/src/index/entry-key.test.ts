import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeKey } from '../bson/index.ts';
import { cutId, cutValues, documentKey, entryKey, maxIdBytes, maxValueBytes } from './entry-key.ts';

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '\0', '\u0001', '\u0002', 'ÿ', '渠'), maxLength: 5 }),
  fc.double(),
  fc.integer(),
  fc.constantFrom<unknown>(null, true, [], {}, { a: 1 }, [1], new Date(0)),
);

it('[STORE-6] the key of one value never begins the key of another', () => {
  fc.assert(
    fc.property(value, value, fc.constantFrom<1 | -1>(1, -1), (a, b, direction) => {
      const [x, y] = [a, b].map((one) => encodeKey([one], [direction])) as [Buffer, Buffer];
      if (x.equals(y)) return;
      expect(y.subarray(0, x.length).equals(x)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

it('[STORE-6] no key is longer than LMDB takes, and different values keep different keys', () => {
  const long = (end: string): Buffer => encodeKey(['x'.repeat(4_000) + end]);
  const id = cutId(long('id'));
  expect(id).toHaveLength(maxIdBytes);
  const [a, b] = [cutValues(long('a')), cutValues(long('b'))];
  expect(a).toHaveLength(maxValueBytes);
  expect(Buffer.compare(a, b)).not.toBe(0);
  expect(entryKey(1, a, id).length).toBeLessThanOrEqual(1_978);
  expect(documentKey(1, id).length).toBeLessThanOrEqual(1_978);
  expect(cutValues(long('a').subarray(0, 100))).toHaveLength(100);
});
