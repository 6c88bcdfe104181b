import { isNaNValue, isNumber, type BsonNumber, toDouble } from '../bson/number.ts';
import { compareRaw, rankOfType } from '../bson/compare.ts';
import { type Raw, readDouble, readInt32, readInt64AsNumber, Type } from '../bson/element.ts';
import { encodeValue } from '../bson/encode.ts';
import type { ComparisonOperator } from './filter-node.ts';
import type { ElementTest } from './path-walk.ts';

// Bit 1: may be less; bit 2: may be equal; bit 4: may be greater.
const ACCEPTED: Readonly<Record<ComparisonOperator, number>> = { $lt: 1, $lte: 3, $eq: 2, $gte: 6, $gt: 4 };
const EQUAL = 2;

/** A comparison with a constant: only values of the same kind compare, except with MinKey and MaxKey. */
export function compileComparison(op: ComparisonOperator, value: unknown): ElementTest {
  const accepted = ACCEPTED[op];
  if (typeof value === 'string' && op === '$eq') return equalString(value);
  if (isNumber(value)) return compareNumber(value, accepted);
  const { type, bytes } = encodeValue(value);
  switch (type) {
    case Type.null:
      return (_raw, other) =>
        (accepted & EQUAL) !== 0 && (other === Type.missing || other === Type.null || other === Type.undefined);
    case Type.minKey:
    case Type.maxKey:
      return (_raw, other) => {
        const order = Math.sign(rankOfType(other) - rankOfType(type));
        return (accepted & (1 << (order + 1))) !== 0;
      };
    default: {
      const rank = rankOfType(type);
      return (raw, other, start) =>
        rankOfType(other) === rank && (accepted & (1 << (compareRaw(raw, other, start, bytes, type, 0) + 1))) !== 0;
    }
  }
}

function equalString(value: string): ElementTest {
  const bytes = encodeValue(value).bytes;
  const { length } = bytes;
  return (raw, type, start) => {
    if (type !== Type.string && type !== Type.symbol) return false;
    for (let i = 0; i < length; i++) if (raw[start + i] !== bytes[i]) return false;
    return true;
  };
}

function compareNumber(value: BsonNumber, accepted: number): ElementTest {
  const constant = toDouble(value);
  if (isNaNValue(value)) return (raw, type, start) => (accepted & EQUAL) !== 0 && isNaNAt(raw, type, start);
  const { type: ownType, bytes } = encodeValue(value);
  // Beyond 2^53, and for decimals, a double is not the number itself.
  const isExact = ownType !== Type.decimal && (ownType !== Type.int64 || Number.isSafeInteger(constant));
  const compareExactly = (raw: Raw, type: number, start: number): boolean =>
    !isNaNAt(raw, type, start) && (accepted & (1 << (compareRaw(raw, type, start, bytes, ownType, 0) + 1))) !== 0;
  return (raw, type, start) => {
    let number: number;
    if (type === Type.int32) number = readInt32(raw, start);
    else if (type === Type.double) number = readDouble(raw, start);
    else if (type === Type.int64) number = readInt64AsNumber(raw, start);
    else return type === Type.decimal && compareExactly(raw, type, start);
    if (!isExact || (type === Type.int64 && !Number.isSafeInteger(number))) return compareExactly(raw, type, start);
    if (number < constant) return (accepted & 1) !== 0;
    if (number > constant) return (accepted & 4) !== 0;
    return number === constant && (accepted & EQUAL) !== 0;
  };
}

function isNaNAt(raw: Raw, type: number, start: number): boolean {
  if (type === Type.double) return Number.isNaN(readDouble(raw, start));
  // Combination field 11111 of IEEE 754 decimals.
  return type === Type.decimal && (raw[start + 15]! & 0x7c) === 0x7c;
}
