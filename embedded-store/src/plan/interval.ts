import { encodeKey, typeOf, Type } from '../bson/index.ts';
import { afterPrefix } from '../storage/key-bytes.ts';

/** A place among the encoded values of one field: just before, or just after, every key that begins with `bytes`. */
export interface Bound {
  bytes: Uint8Array;
  isAfter: boolean;
  /** What the bound was made of, for explain. */
  value: unknown;
}

/** A stretch of one field's values in ascending order; a point holds exactly the keys of one value. */
export interface Interval {
  low: Bound;
  high: Bound;
  isPoint: boolean;
}

const nothing = new Uint8Array(0);

/** Every value of a field. */
export const everything: Interval = {
  low: { bytes: nothing, isAfter: false, value: 'MinKey' },
  high: { bytes: nothing, isAfter: true, value: 'MaxKey' },
  isPoint: false,
};

export function pointAt(value: unknown): Interval {
  const bytes = encodeKey([value]);
  return { low: { bytes, isAfter: false, value }, high: { bytes, isAfter: true, value }, isPoint: true };
}

/** All strings that begin with `prefix`: the string's key without its terminator. */
export function stringsBeginningWith(prefix: string): Interval {
  const bytes = encodeKey([prefix]).subarray(0, -1);
  return {
    low: { bytes, isAfter: false, value: prefix },
    high: { bytes, isAfter: true, value: `${prefix}\u{10ffff}` },
    isPoint: false,
  };
}

/** The values that `$gt`, `$gte`, `$lt` or `$lte` admit; comparison never leaves the type of its operand. */
export function comparedWith(op: '$gt' | '$gte' | '$lt' | '$lte', value: unknown): Interval | undefined {
  const type = typeOf(value);
  if (type === Type.array || type === Type.minKey || type === Type.maxKey) return undefined;
  if (isNumeric(type) && String(value) === 'NaN') return undefined;
  if (value === null || value === undefined) return op === '$gte' || op === '$lte' ? pointAt(null) : undefined;
  const bytes = encodeKey([value]);
  const ofType = bytes.subarray(0, 1);
  // NaN is the least number, yet smaller than none.
  const lowest = isNumeric(type) ? encodeKey([-Infinity]) : ofType;
  const low =
    op === '$gt' || op === '$gte'
      ? { bytes, isAfter: op === '$gt', value }
      : { bytes: lowest, isAfter: false, value: isNumeric(type) ? -Infinity : 'MinKey of the type' };
  const high =
    op === '$lt' || op === '$lte'
      ? { bytes, isAfter: op === '$lte', value }
      : { bytes: ofType, isAfter: true, value: 'MaxKey of the type' };
  return { low, high, isPoint: false };
}

function isNumeric(type: number): boolean {
  return type === Type.int32 || type === Type.double || type === Type.int64 || type === Type.decimal;
}

/** The common part of two intervals, or undefined when there is none. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const low = compareBounds(a.low, b.low) >= 0 ? a.low : b.low;
  const high = compareBounds(a.high, b.high) <= 0 ? a.high : b.high;
  if (compareBounds(low, high) >= 0) return undefined;
  return { low, high, isPoint: a.isPoint || b.isPoint };
}

export function compareBounds(a: Bound, b: Bound): number {
  if (a.bytes.length === 0 || b.bytes.length === 0) return rankOfEmpty(a) - rankOfEmpty(b);
  return Buffer.compare(positionOf(a), positionOf(b));
}

function rankOfEmpty(bound: Bound): number {
  if (bound.bytes.length > 0) return 0;
  return bound.isAfter ? 1 : -1;
}

function positionOf(bound: Bound): Uint8Array {
  return bound.isAfter ? afterPrefix(bound.bytes) : bound.bytes;
}

/** The key range of an interval behind `prefix`, in an index field of the given direction (descending is inverted). */
export function rangeOf(prefix: Uint8Array, interval: Interval, direction: 1 | -1): { from: Buffer; to: Buffer } {
  const { low, high } = interval;
  if (direction === 1)
    return { from: place(prefix, low.bytes, low.isAfter), to: place(prefix, high.bytes, high.isAfter) };
  return {
    from: place(prefix, inverted(high.bytes), !high.isAfter),
    to: place(prefix, inverted(low.bytes), !low.isAfter),
  };
}

export function inverted(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => ~byte & 0xff);
}

function place(prefix: Uint8Array, bytes: Uint8Array, isAfter: boolean): Buffer {
  const joined = Buffer.concat([prefix, bytes]);
  return isAfter ? afterPrefix(joined) : joined;
}
