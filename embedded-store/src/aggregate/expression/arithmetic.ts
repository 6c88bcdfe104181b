import { Decimal128, Long } from 'bson';
import {
  addDecimals,
  doubleOfDecimal,
  exactDecimalOfDouble,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  remainderOfDecimals,
  type Rounding,
  roundDecimal,
  toDecimal128,
} from '../../bson/decimal.ts';
import { fromDouble } from '../../bson/decode.ts';
import { Type } from '../../bson/element.ts';
import { type BsonNumber, fromBigInt, isNumber, toBigInt, toDecimal, toDouble } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { isNullish, typeOf } from '../../bson/value.ts';
import { describeType } from './arguments.ts';

type Exact = 'add' | 'subtract' | 'multiply';

/**
 * The sum, difference or product with MongoDB's result types: decimal if one is decimal, else double if one is
 * double, else int64 if one is or the result does not fit int32; beyond int64 a double.
 */
export function combine(operation: Exact, a: BsonNumber, b: BsonNumber): BsonNumber {
  if (isInt(a) && isInt(b)) {
    const result = operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b;
    if ((result | 0) === result) return result + 0;
    return Number.isSafeInteger(result)
      ? Long.fromNumber(result)
      : (combineWhole(operation, BigInt(a), BigInt(b)) ?? result);
  }
  const left = typeOf(a);
  const right = typeOf(b);
  if (left === Type.decimal || right === Type.decimal) return combineDecimals(operation, a, b);
  if (left === Type.double || right === Type.double)
    return fromDouble(combineDoubles(operation, toDouble(a), toDouble(b)));
  const isWide = left === Type.int64 || right === Type.int64;
  const whole = combineWhole(operation, toBigInt(a), toBigInt(b), isWide);
  return whole ?? fromDouble(combineDoubles(operation, toDouble(a), toDouble(b)));
}

function isInt(value: BsonNumber): value is number {
  return typeof value === 'number' && (value | 0) === value && !Object.is(value, -0);
}

function combineWhole(operation: Exact, a: bigint, b: bigint, isWide = false): number | Long | null {
  return fromBigInt(operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b, isWide);
}

function combineDoubles(operation: Exact, a: number, b: number): number {
  return operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b;
}

function combineDecimals(operation: Exact, a: BsonNumber, b: BsonNumber): Decimal128 {
  const left = toDecimal(a);
  const right = toDecimal(b);
  if (operation === 'multiply') return toDecimal128(multiplyDecimals(left, right));
  return toDecimal128(addDecimals(left, operation === 'add' ? right : negateDecimal(right)));
}

function dateAfter(date: Date, amount: number): Date {
  const result = new Date(date.getTime() + amount);
  if (Number.isNaN(result.getTime())) throw new StoreError(15, 'date overflow');
  return result;
}

export function add(values: unknown[]): unknown {
  let sum: BsonNumber = 0;
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new StoreError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumber(value)) {
      sum = combine('add', sum, value);
    } else {
      throw new StoreError(14, `$add only supports numeric or date types, not ${describeType(value)}`);
    }
  }
  return date ? dateAfter(date, roundHalfEven(toDouble(sum))) : sum;
}

export function subtract(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (left instanceof Date) {
    if (right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
    if (isNumber(right)) return dateAfter(left, -Math.trunc(toDouble(right)));
  } else if (isNumber(left) && isNumber(right)) {
    return combine('subtract', left, right);
  }
  throw new StoreError(14, `can't $subtract ${describeType(right)} from ${describeType(left)}`);
}

export function multiply(values: unknown[]): unknown {
  let product: BsonNumber = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumber(value)) throw new StoreError(14, `$multiply only supports numeric types, not ${describeType(value)}`);
    product = combine('multiply', product, value);
  }
  return product;
}

export function divide(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumber(left) || !isNumber(right)) {
    throw new StoreError(
      14,
      `$divide only supports numeric types, not ${describeType(left)} and ${describeType(right)}`,
    );
  }
  if (toDouble(right) === 0) throw new StoreError(2, "can't $divide by zero");
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    return toDecimal128(divideDecimals(toDecimal(left), toDecimal(right)));
  }
  return fromDouble(toDouble(left) / toDouble(right));
}

export function modulo(left: unknown, right: unknown): unknown {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumber(left) || !isNumber(right)) {
    throw new StoreError(
      16611,
      `$mod only supports numeric types, not ${describeType(left)} and ${describeType(right)}`,
    );
  }
  if (toDouble(right) === 0) throw new StoreError(16610, "can't $mod by zero");
  const types = [typeOf(left), typeOf(right)];
  if (types.includes(Type.decimal)) return toDecimal128(remainderOfDecimals(toDecimal(left), toDecimal(right)));
  if (types.includes(Type.double)) return fromDouble(toDouble(left) % toDouble(right));
  return fromBigInt(toBigInt(left) % toBigInt(right), types.includes(Type.int64));
}

export function absolute(value: unknown): unknown {
  const number = requireNumber(value, '$abs');
  if (number === null) return null;
  if (number instanceof Decimal128) {
    const decimal = toDecimal(number);
    return toDecimal128(decimal.kind !== 'nan' && decimal.negative ? negateDecimal(decimal) : decimal);
  }
  const type = typeOf(number);
  if (type === Type.double) return fromDouble(Math.abs(toDouble(number)));
  const whole = toBigInt(number);
  const result = fromBigInt(whole < 0n ? -whole : whole, type === Type.int64);
  if (result === null) throw new StoreError(28680, "can't take $abs of long long min");
  return result;
}

export function requireNumber(value: unknown, name: string): BsonNumber | null {
  if (isNullish(value)) return null;
  if (!isNumber(value)) throw new StoreError(28765, `${name} only supports numeric types, not ${describeType(value)}`);
  return value;
}

/** Rounds a double to a whole one, ties to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const result = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return result === 0 && (value < 0 || Object.is(value, -0)) ? -0 : result;
}

const ROUND_DOUBLE: Readonly<Record<Rounding, (value: number) => number>> = {
  'half-even': roundHalfEven,
  'toward-zero': Math.trunc,
  floor: Math.floor,
  ceiling: Math.ceil,
};

/** Rounds to a number of decimal places from -20 to 100, in the type of the number. */
export function round(value: unknown, places: number, rounding: Rounding, name: string): unknown {
  const number = requireNumber(value, name);
  if (number === null) return null;
  if (number instanceof Decimal128) return toDecimal128(roundDecimal(toDecimal(number), places, rounding));
  const type = typeOf(number);
  if (type === Type.double) {
    const double = toDouble(number);
    if (!Number.isFinite(double)) return double;
    if (places === 0) return fromDouble(ROUND_DOUBLE[rounding](double));
    // The binary value decides, not its shortest digits: 2.675 lies below the tie and rounds to 2.67.
    return fromDouble(doubleOfDecimal(roundDecimal(exactDecimalOfDouble(double), places, rounding)));
  }
  if (places >= 0) return number;
  const decimal = roundDecimal(toDecimal(number), places, rounding);
  const result = fromBigInt(toBigInt(toDecimal128(decimal)), type === Type.int64);
  if (result === null)
    throw new StoreError(51080, `invalid conversion from Decimal128 result in ${name} resulting from arguments`);
  return result;
}
