import { Decimal128, type Double, type Int32, Long } from 'bson';
import {
  compareFinite,
  type Decimal,
  decimalOfBigInt,
  decimalOfDouble,
  doubleOfDecimal,
  exactDecimalOfDouble,
  parseDecimal,
} from './decimal.ts';
import { fromDouble } from './decode.ts';
import { Type } from './element.ts';
import { typeOf } from './value.ts';

export type BsonNumber = number | bigint | Int32 | Double | Long | Decimal128;

export const INT64_MIN = -(2n ** 63n);
export const INT64_MAX = 2n ** 63n - 1n;

export function isNumberType(type: number): boolean {
  return type === Type.int32 || type === Type.double || type === Type.int64 || type === Type.decimal;
}

export function isNumber(value: unknown): value is BsonNumber {
  return typeof value === 'number' || typeof value === 'bigint' || isNumberType(typeOf(value));
}

/** Any number as a double: the nearest one where it has no exact form. */
export function toDouble(value: BsonNumber): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal128) return doubleOfDecimal(parseDecimal(value));
  if (value instanceof Long) return value.toNumber();
  return Number(value.value);
}

export function toDecimal(value: BsonNumber): Decimal {
  if (value instanceof Decimal128) return parseDecimal(value);
  if (typeof value === 'bigint') return decimalOfBigInt(value);
  if (value instanceof Long) return decimalOfBigInt(value.toBigInt());
  if (typeOf(value) === Type.int32) return decimalOfBigInt(BigInt(toDouble(value)));
  return decimalOfDouble(toDouble(value));
}

/** An integral number as a bigint; the caller knows that it is integral. */
export function toBigInt(value: BsonNumber): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Long) return value.toBigInt();
  if (value instanceof Decimal128) {
    const decimal = parseDecimal(value);
    if (decimal.kind !== 'finite') return 0n;
    const { coefficient, exponent, negative } = decimal;
    const whole = exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
    return negative ? -whole : whole;
  }
  return BigInt(Math.trunc(toDouble(value)));
}

export function isNaNValue(value: BsonNumber): boolean {
  if (value instanceof Decimal128) return parseDecimal(value).kind === 'nan';
  return Number.isNaN(toDouble(value));
}

/** A whole number as Int32 where it fits and was not wider before, else as int64; null beyond 64 bits. */
export function fromBigInt(value: bigint, isWide: boolean): number | Long | null {
  if (!isWide && value >= -2147483648n && value <= 2147483647n) return Number(value);
  if (value < INT64_MIN || value > INT64_MAX) return null;
  return Long.fromBigInt(value);
}

/** A whole number that may have been computed as a double, as the BSON type `type`. */
export function fromWhole(value: number, type: number): BsonNumber {
  if (type === Type.int64) return Long.fromBigInt(BigInt(value));
  if (type === Type.double) return fromDouble(value);
  return value;
}

/** The int32 or int64 that a number stands for if it has no fraction and fits; else undefined. */
export function toSafeInteger(value: unknown): number | undefined {
  if (!isNumber(value)) return undefined;
  const number = toDouble(value);
  if (!Number.isSafeInteger(number)) return undefined;
  if (value instanceof Decimal128 && compareNumbers(value, number) !== 0) return undefined;
  return number === 0 ? 0 : number;
}

/** Numeric order across the four types, exactly: NaN is the lowest and equal to itself, -0 equals 0. */
export function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const left = typeOf(a);
  const right = typeOf(b);
  if (left !== Type.decimal && right !== Type.decimal) {
    if (left === Type.int64 || right === Type.int64) return compareWithInt64(a, left, b, right);
    return compareDoubles(toDouble(a), toDouble(b));
  }
  const x = exactDecimal(a, left);
  const y = exactDecimal(b, right);
  if (x.kind === 'finite' && y.kind === 'finite') return compareFinite(x, y);
  return compareDoubles(rankOf(x), rankOf(y));
}

export function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

function compareWithInt64(a: BsonNumber, left: number, b: BsonNumber, right: number): number {
  if (left === Type.double) return -compareInt64WithDouble(toBigInt(b), toDouble(a));
  if (right === Type.double) return compareInt64WithDouble(toBigInt(a), toDouble(b));
  const x = toBigInt(a);
  const y = toBigInt(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function compareInt64WithDouble(a: bigint, b: number): number {
  if (Number.isNaN(b)) return 1;
  // JavaScript compares a bigint with a number by mathematical value.
  return a < b ? -1 : a > b ? 1 : 0;
}

function exactDecimal(value: BsonNumber, type: number): Decimal {
  if (type !== Type.double) return toDecimal(value);
  const number = toDouble(value);
  return Number.isFinite(number) ? exactDecimalOfDouble(number) : decimalOfDouble(number);
}

function rankOf(value: Decimal): number {
  if (value.kind === 'nan') return Number.NaN;
  return value.kind === 'infinite' ? (value.negative ? -Infinity : Infinity) : 0;
}
