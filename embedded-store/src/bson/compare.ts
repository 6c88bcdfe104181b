import type { Binary, Code, ObjectId, Timestamp } from 'bson';
import { decodeValue, RawDocument } from './decode.ts';
import {
  cstringEnd,
  type Raw,
  readDouble,
  readInt32,
  readInt64,
  readInt64AsNumber,
  Type,
  valueEnd,
} from './element.ts';
import { encodeDocument, encodeValue, regexParts } from './encode.ts';
import { type BsonNumber, compareDoubles, compareNumbers } from './number.ts';
import { type AnyDocument, typeOf } from './value.ts';

/** Where each BSON type stands in MongoDB's order of types; types of equal rank compare by value. */
const RANKS: ReadonlyMap<number, number> = new Map([
  [Type.minKey, -1],
  [Type.missing, 0],
  [Type.undefined, 0],
  [Type.null, 5],
  [Type.int32, 10],
  [Type.double, 10],
  [Type.int64, 10],
  [Type.decimal, 10],
  [Type.string, 15],
  [Type.symbol, 15],
  [Type.object, 20],
  [Type.array, 25],
  [Type.binary, 30],
  [Type.objectId, 35],
  [Type.boolean, 40],
  [Type.date, 45],
  [Type.timestamp, 47],
  [Type.regex, 50],
  [Type.dbPointer, 55],
  [Type.code, 60],
  [Type.codeWithScope, 65],
  [Type.maxKey, 127],
]);

const rankTable = new Int8Array(256);
for (const [type, rank] of RANKS) rankTable[type] = rank;

export function rankOfType(type: number): number {
  return rankTable[type]!;
}

/** Order of two strings by their UTF-8 bytes, which is by code point and not by JavaScript's code units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const isXSurrogate = (x & 0xf800) === 0xd800;
      const isYSurrogate = (y & 0xf800) === 0xd800;
      if (isXSurrogate !== isYSurrogate) return isXSurrogate ? 1 : x < y || isYSurrogate ? -1 : 1;
      return x < y ? -1 : 1;
    }
  }
  return Math.sign(a.length - b.length);
}

/** MongoDB's order over values of any type; documents may be in any form, `undefined` is missing. */
export function compareBson(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const left = typeOf(a);
  const right = typeOf(b);
  const rank = rankOfType(left);
  if (rank !== rankOfType(right)) return Math.sign(rank - rankOfType(right));
  switch (left) {
    case Type.int32:
    case Type.double:
    case Type.int64:
    case Type.decimal:
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case Type.string:
    case Type.symbol:
      return compareStrings(String(a), String(b));
    case Type.null:
    case Type.missing:
    case Type.minKey:
    case Type.maxKey:
      return 0;
    case Type.boolean:
      return Number(a) - Number(b);
    case Type.date:
      return compareDoubles((a as Date).getTime(), (b as Date).getTime());
    case Type.objectId:
      return Math.sign(Buffer.compare((a as ObjectId).id, (b as ObjectId).id));
    case Type.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case Type.object:
      return compareDocuments(a as AnyDocument, b as AnyDocument);
    default:
      return compareRare(left, a, b);
  }
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareBson(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocuments(a: AnyDocument, b: AnyDocument): number {
  const left = a instanceof RawDocument ? a : new RawDocument(encodeDocument(a));
  const right = b instanceof RawDocument ? b : new RawDocument(encodeDocument(b));
  return compareRawDocuments(left.raw, left.start, right.raw, right.start);
}

function compareRare(type: number, a: unknown, b: unknown): number {
  switch (type) {
    case Type.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case Type.binary: {
      const left = encodeValue(a as Binary).bytes;
      const right = encodeValue(b as Binary).bytes;
      return compareBinaries(left, 0, right, 0);
    }
    case Type.regex: {
      const left = regexParts(a as RegExp);
      const right = regexParts(b as RegExp);
      return compareStrings(left.pattern, right.pattern) || compareStrings(left.flags, right.flags);
    }
    default: {
      const order = compareStrings((a as Code).code, (b as Code).code);
      return order || compareDocuments((a as Code).scope ?? {}, (b as Code).scope ?? {});
    }
  }
}

function compareBytes(a: Raw, aStart: number, aEnd: number, b: Raw, bStart: number, bEnd: number): number {
  const length = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < length; i++) {
    const order = a[aStart + i]! - b[bStart + i]!;
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(aEnd - aStart - (bEnd - bStart));
}

// Length first, then subtype, then content.
function compareBinaries(a: Raw, aStart: number, b: Raw, bStart: number): number {
  const length = readInt32(a, aStart);
  const order = length - readInt32(b, bStart) || a[aStart + 4]! - b[bStart + 4]!;
  if (order !== 0) return Math.sign(order);
  return compareBytes(a, aStart + 5, aStart + 5 + length, b, bStart + 5, bStart + 5 + length);
}

/** MongoDB's order of two values that are still bytes. */
export function compareRaw(a: Raw, aType: number, aStart: number, b: Raw, bType: number, bStart: number): number {
  const rank = rankOfType(aType);
  if (rank !== rankOfType(bType)) return Math.sign(rank - rankOfType(bType));
  switch (rank) {
    case 10:
      return compareRawNumbers(a, aType, aStart, b, bType, bStart);
    case 15:
      return compareBytes(a, aStart + 4, valueEnd(a, aType, aStart) - 1, b, bStart + 4, valueEnd(b, bType, bStart) - 1);
    case 20:
    case 25:
      return compareRawDocuments(a, aStart, b, bStart);
    case 30:
      return compareBinaries(a, aStart, b, bStart);
    case 35:
      return compareBytes(a, aStart, aStart + 12, b, bStart, bStart + 12);
    case 40:
      return a[aStart]! - b[bStart]!;
    case 45:
      return compareDoubles(readInt64AsNumber(a, aStart), readInt64AsNumber(b, bStart));
    case 47: {
      const left = BigInt.asUintN(64, readInt64(a, aStart));
      const right = BigInt.asUintN(64, readInt64(b, bStart));
      return left < right ? -1 : left > right ? 1 : 0;
    }
    case -1:
    case 0:
    case 5:
    case 127:
      return 0;
    case 50:
      return compareBytes(a, aStart, valueEnd(a, aType, aStart), b, bStart, valueEnd(b, bType, bStart));
    default:
      return compareBson(decodeValue(a, aType, aStart), decodeValue(b, bType, bStart));
  }
}

function compareRawNumbers(a: Raw, aType: number, aStart: number, b: Raw, bType: number, bStart: number): number {
  const isLeftSmall = aType === Type.int32 || aType === Type.double;
  const isRightSmall = bType === Type.int32 || bType === Type.double;
  if (isLeftSmall && isRightSmall) {
    const left = aType === Type.int32 ? readInt32(a, aStart) : readDouble(a, aStart);
    const right = bType === Type.int32 ? readInt32(b, bStart) : readDouble(b, bStart);
    return compareDoubles(left, right);
  }
  return compareNumbers(decodeValue(a, aType, aStart) as BsonNumber, decodeValue(b, bType, bStart) as BsonNumber);
}

// Element by element: type first, then field name, then value (array positions agree by themselves).
export function compareRawDocuments(a: Raw, aStart: number, b: Raw, bStart: number): number {
  const aEnd = aStart + readInt32(a, aStart) - 1;
  const bEnd = bStart + readInt32(b, bStart) - 1;
  let i = aStart + 4;
  let j = bStart + 4;
  while (i < aEnd && j < bEnd) {
    const aType = a[i]!;
    const bType = b[j]!;
    const rank = rankOfType(aType) - rankOfType(bType);
    if (rank !== 0) return Math.sign(rank);
    const aValue = cstringEnd(a, i + 1);
    const bValue = cstringEnd(b, j + 1);
    const order = compareBytes(a, i + 1, aValue, b, j + 1, bValue) || compareRaw(a, aType, aValue, b, bType, bValue);
    if (order !== 0) return order;
    i = valueEnd(a, aType, aValue);
    j = valueEnd(b, bType, bValue);
  }
  return i < aEnd ? 1 : j < bEnd ? -1 : 0;
}
