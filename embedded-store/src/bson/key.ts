import type { Binary, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { compareFinite, decimalOfBigInt, digitCount, exactDecimalOfDouble, parseDecimal } from './decimal.ts';
import { decodeValue } from './decode.ts';
import { encodeName, findElement, type Raw, readInt32, Type, valueEnd } from './element.ts';
import { regexParts } from './encode.ts';
import { rankOfType } from './compare.ts';
import { type AnyDocument, entriesOf, typeOf } from './value.ts';

/*
 * A key is a byte string whose memcmp order is compareBson's order. One value is: a byte for the rank of its type,
 * then a payload that is free of prefixes. A descending field is the same bytes inverted.
 *
 * Numbers of all four types share one form, so that equal numbers have equal keys: the magnitude cut down to a
 * double (8 bytes, big-endian), then a byte that says what is left over: 0 nothing, 1 a remainder, 2 the number is
 * beyond the doubles and follows whole. Leftovers are decimal: exponent (2 bytes), digit pairs, 0. A negative
 * number is inverted. Strings end in 0; inside, 0 is written 1 1 and 1 is written 1 2: with 0 FF for 0 the key of 'a'
 * would begin the key of 'a\0b', and a range over one value would hold the other. Documents and arrays end in 0.
 */
const RANK_SHIFT = 12;
const END = 0;

let buffer = Buffer.allocUnsafeSlow(4096);
let view = new DataView(buffer.buffer);
let at = 0;

function reserve(count: number): void {
  if (at + count <= buffer.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + count));
  larger.set(buffer.subarray(0, at));
  buffer = larger;
  view = new DataView(larger.buffer);
}

function putByte(byte: number): void {
  reserve(1);
  buffer[at++] = byte;
}

function putBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  buffer.set(bytes, at);
  at += bytes.length;
}

function putEscaped(bytes: Uint8Array, start: number, end: number): void {
  reserve((end - start) * 2 + 1);
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte <= 1) {
      buffer[at++] = 1;
      buffer[at++] = byte + 1;
    } else buffer[at++] = byte;
  }
  buffer[at++] = END;
}

function putString(text: string): void {
  reserve(text.length * 3 + 1);
  const length = buffer.write(text, at);
  const written = buffer.subarray(at, at + length);
  if (written.includes(0) || written.includes(1)) {
    putEscaped(Buffer.from(text), 0, length);
    return;
  }
  at += length;
  buffer[at++] = END;
}

function putUint32(value: number): void {
  reserve(4);
  view.setUint32(at, value);
  at += 4;
}

function putUint64(value: bigint): void {
  reserve(8);
  view.setBigUint64(at, value);
  at += 8;
}

function invert(from: number): void {
  for (let i = from; i < at; i++) buffer[i] = ~buffer[i]! & 0xff;
}

function putDouble(magnitude: number, isNegative: boolean, leftover: Leftover): void {
  reserve(9);
  const start = at;
  view.setFloat64(at, magnitude);
  buffer[at]! |= 0x80;
  at += 8;
  putByte(leftover.kind);
  if (leftover.kind !== 0) putDecimal(leftover.coefficient, leftover.exponent);
  if (isNegative) invert(start);
}

type Leftover = { kind: 0 } | { kind: 1 | 2; coefficient: bigint; exponent: number };
const nothingLeft: Leftover = { kind: 0 };

function putDecimal(coefficient: bigint, exponent: number): void {
  const digits = coefficient.toString().replace(/0+$/, '');
  const size = digitCount(coefficient) + exponent + 0x8000;
  putByte(size >> 8);
  putByte(size & 0xff);
  for (let i = 0; i < digits.length; i += 2) putByte(1 + Number(digits.slice(i, i + 2).padEnd(2, '0')));
  putByte(END);
}

function nextDown(value: number): number {
  const cell = new DataView(new ArrayBuffer(8));
  cell.setFloat64(0, value);
  cell.setBigUint64(0, cell.getBigUint64(0) - 1n);
  return cell.getFloat64(0);
}

function putPlainDouble(value: number): void {
  if (Number.isNaN(value)) putBytes(new Uint8Array(9));
  else putDouble(Math.abs(value), value < 0, nothingLeft);
}

function putInt64(value: bigint): void {
  const magnitude = value < 0n ? -value : value;
  let double = Number(magnitude);
  if (double <= Number.MAX_SAFE_INTEGER) return putDouble(double, value < 0n, nothingLeft);
  if (BigInt(double) > magnitude) double = nextDown(double);
  const rest = magnitude - BigInt(double);
  return putDouble(double, value < 0n, rest === 0n ? nothingLeft : { kind: 1, coefficient: rest, exponent: 0 });
}

function putDecimal128(value: Decimal128): void {
  const decimal = parseDecimal(value);
  if (decimal.kind === 'nan') return putBytes(new Uint8Array(9));
  if (decimal.kind === 'infinite') return putPlainDouble(decimal.negative ? -Infinity : Infinity);
  const { coefficient, exponent, negative } = decimal;
  if (coefficient === 0n) return putPlainDouble(0);
  const magnitude = { ...decimal, negative: false };
  let double = Number(`${coefficient}e${exponent}`);
  if (double === Infinity) double = Number.MAX_VALUE;
  else if (compareFinite(exactDecimalOfDouble(double), magnitude) > 0) double = nextDown(double);
  if (double === Number.MAX_VALUE && compareFinite(exactDecimalOfDouble(double), magnitude) < 0) {
    return putDouble(double, negative, { kind: 2, coefficient, exponent });
  }
  const floor = double === 0 ? decimalOfBigInt(0n) : exactDecimalOfDouble(double);
  const common = Math.min(exponent, floor.exponent);
  const rest =
    coefficient * 10n ** BigInt(exponent - common) - floor.coefficient * 10n ** BigInt(floor.exponent - common);
  return putDouble(double, negative, rest === 0n ? nothingLeft : { kind: 1, coefficient: rest, exponent: common });
}

function putValue(value: unknown): void {
  const type = typeOf(value);
  putByte(rankOfType(type) + RANK_SHIFT);
  putPayload(type, value);
}

function putPayload(type: number, value: unknown): void {
  switch (type) {
    case Type.int32:
    case Type.double:
      return putPlainDouble(Number(value));
    case Type.int64:
      return putInt64(typeof value === 'bigint' ? value : (value as Long).toBigInt());
    case Type.decimal:
      return putDecimal128(value as Decimal128);
    case Type.string:
    case Type.symbol:
      return putString(String(value));
    case Type.object:
      for (const [name, child] of entriesOf(value as AnyDocument)) putNamed(name, child);
      return putByte(END);
    case Type.array:
      for (const item of value as unknown[]) putValue(item === undefined ? null : item);
      return putByte(END);
    case Type.objectId:
      return putBytes((value as ObjectId).id);
    case Type.boolean:
      return putByte(value === true ? 1 : 0);
    case Type.date:
      return putUint64(BigInt.asUintN(64, BigInt((value as Date).getTime()) + 2n ** 63n));
    case Type.timestamp:
      return putUint64((value as Timestamp).toBigInt());
    case Type.binary: {
      const binary = value as Binary | Uint8Array;
      const bytes = binary instanceof Uint8Array ? binary : binary.buffer.subarray(0, binary.length());
      const subtype = binary instanceof Uint8Array ? 0 : binary.sub_type;
      putUint32(bytes.length + (subtype === 2 ? 4 : 0));
      putByte(subtype);
      return putBytes(bytes);
    }
    case Type.regex: {
      const { pattern, flags } = regexParts(value as RegExp);
      putString(pattern);
      return putString(flags);
    }
    case Type.code:
      return putString((value as Code).code);
    case Type.codeWithScope:
      putString((value as Code).code);
      return putPayload(Type.object, (value as Code).scope ?? {});
    default:
      return undefined;
  }
}

// In a document the type is compared before the name, the name before the value.
function putNamed(name: string, value: unknown): void {
  if (value === undefined) return;
  const type = typeOf(value);
  putByte(rankOfType(type) + RANK_SHIFT);
  putString(name);
  putPayload(type, value);
}

function takeKey(): Buffer {
  const key = Buffer.allocUnsafe(at);
  key.set(buffer.subarray(0, at));
  return key;
}

/** The key of a tuple of values; `directions` inverts single fields. Longer than LMDB's limit is the caller's matter. */
export function encodeKey(values: readonly unknown[], directions?: readonly (1 | -1)[]): Buffer {
  at = 0;
  for (let i = 0; i < values.length; i++) {
    const start = at;
    putValue(values[i]);
    if (directions?.[i] === -1) invert(start);
  }
  return takeKey();
}

/** The key of one value that is still bytes. */
export function encodeRawKey(raw: Raw, type: number, start: number): Buffer {
  at = 0;
  putByte(rankOfType(type) + RANK_SHIFT);
  if (type === Type.objectId) putBytes(raw.subarray(start, start + 12));
  else if (type === Type.string) putEscaped(raw, start + 4, valueEnd(raw, type, start) - 1);
  else if (type === Type.int32) putDouble(Math.abs(readInt32(raw, start)), readInt32(raw, start) < 0, nothingLeft);
  else putPayload(type, decodeValue(raw, type, start));
  return takeKey();
}

const idName = encodeName('_id');

/** The key of a stored document's _id, without decoding the rest. A document without _id has the key of null. */
export function keyOfId(raw: Raw): Buffer {
  const found = findElement(raw, 0, idName);
  if (found < 0) return encodeKey([null]);
  return encodeRawKey(raw, raw[found]!, found + 1 + idName.length);
}

/**
 * The keys between which all values of `value`'s kind lie: what a one-sided range is bounded by.
 * `high` is exclusive. Invert both and swap them for a descending field.
 */
export function bracketOf(value: unknown): { low: Buffer; high: Buffer } {
  const rank = rankOfType(typeOf(value)) + RANK_SHIFT;
  return { low: Buffer.from([rank]), high: Buffer.from([rank + 1]) };
}
