import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, serialize, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from './value.arbitrary.ts';
import { compareBson, compareRaw, decodeValue, encodeKey, encodeRawKey, encodeValue, keyOfId } from './index.ts';

const rank = (order: number): number => Math.sign(order);

describe('encodeKey', () => {
  it('orders keys as compareBson orders values, for any two values', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(rank(Buffer.compare(encodeKey([a]), encodeKey([b])))).toBe(rank(compareBson(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('orders tuples with descending fields by their first difference', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, anyValue, (a, b, c, d) => {
        const order = -compareBson(a, c) || compareBson(b, d);
        expect(rank(Buffer.compare(encodeKey([a, b], [-1, 1]), encodeKey([c, d], [-1, 1])))).toBe(rank(order));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives equal numbers of different types the same key', () => {
    const fives = [5, new Int32(5), new Double(5), Long.fromNumber(5), 5n, Decimal128.fromString('5.000')];
    expect(new Set(fives.map((five) => encodeKey([five]).toString('hex'))).size).toBe(1);
  });

  it('tells Longs above 2^53 apart', () => {
    const keys = ['9007199254740992', '9007199254740993', '9007199254740994'].map((text) =>
      encodeKey([Long.fromString(text)]),
    );
    expect(Buffer.compare(keys[0]!, keys[1]!)).toBe(-1);
    expect(Buffer.compare(keys[1]!, keys[2]!)).toBe(-1);
    expect(encodeKey([Decimal128.fromString('9007199254740993')]).equals(keys[1]!)).toBe(true);
  });

  it('follows the order of types in the manual', () => {
    const ordered = [
      new MinKey(),
      undefined,
      null,
      Number.NaN,
      Long.MIN_VALUE,
      -1,
      0,
      1.5,
      'a',
      'b',
      {},
      { a: 1 },
      [],
      [1],
      new Binary(Buffer.from('x')),
      new ObjectId('000000000000000000000001'),
      false,
      true,
      new Date(-5),
      new Date(5),
      new Timestamp({ t: 1, i: 1 }),
      /a/,
      new MaxKey(),
    ];
    const keys = ordered.map((value) => encodeKey([value]));
    expect([...keys].sort(Buffer.compare)).toEqual(keys);
  });
});

describe('raw and decoded forms', () => {
  it('agree on order', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const left = encodeValue(a);
        const right = encodeValue(b);
        const raw = compareRaw(left.bytes, left.type, 0, right.bytes, right.type, 0);
        expect(rank(raw)).toBe(rank(compareBson(a ?? null, b ?? null)));
      }),
      { numRuns: 3000 },
    );
  });

  it('agree on keys, and a value survives encoding and decoding', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { type, bytes } = encodeValue(value);
        const decoded = decodeValue(bytes, type, 0);
        expect(encodeValue(decoded)).toEqual({ type, bytes });
        expect(encodeRawKey(bytes, type, 0).equals(encodeKey([value ?? null]))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the key of _id wherever it stands', () => {
    expect(keyOfId(serialize({ a: 1, _id: 'x' })).equals(encodeKey(['x']))).toBe(true);
  });
});
