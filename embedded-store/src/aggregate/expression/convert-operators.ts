import { Decimal128, Long, ObjectId, type Timestamp } from 'bson';
import { decimalOfBigInt, toDecimal128 } from '../../bson/decimal.ts';
import { fromDouble } from '../../bson/decode.ts';
import { Type } from '../../bson/element.ts';
import {
  type BsonNumber,
  INT64_MAX,
  INT64_MIN,
  isNumber,
  isNumberType,
  toBigInt,
  toDecimal,
  toDouble,
} from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { isNullish, typeOf } from '../../bson/value.ts';
import { typesOf } from '../../match/type-alias.ts';
import { describeType, readNamed, unary } from './arguments.ts';
import type { Evaluate, OperatorCompiler, OperatorTable } from './context.ts';
import { parseDate } from './date-parse.ts';
import { numberToText } from './stringify.ts';
import { isTruthy } from './truth.ts';

function fail(value: unknown, target: string, reason?: string): StoreError {
  const problem =
    reason ?? `Unsupported conversion from ${describeType(value)} to ${target} in $convert with no onError value`;
  return new StoreError(241, problem);
}

function parseFailure(text: string, target: string, reason: string): StoreError {
  return new StoreError(
    241,
    `Failed to parse number '${text}' in $convert with no onError value: ${reason} (to ${target})`,
  );
}

function toWhole(value: unknown, target: 'int' | 'long'): number | Long {
  const [low, high] = target === 'int' ? [-2147483648n, 2147483647n] : [INT64_MIN, INT64_MAX];
  const whole = wholeOf(value, target);
  if (whole < low || whole > high) {
    const text = isNumber(value) ? numberToText(value) : String(value);
    throw fail(value, target, `Conversion would overflow target type in $convert with no onError value: ${text}`);
  }
  return target === 'int' ? Number(whole) : Long.fromBigInt(whole);
}

function wholeOf(value: unknown, target: string): bigint {
  const type = typeOf(value);
  if (isNumberType(type)) {
    const number = toDouble(value as BsonNumber);
    if (Number.isNaN(number))
      throw fail(value, target, 'Attempt to convert NaN value to integer type in $convert with no onError value');
    if (!Number.isFinite(number))
      throw fail(value, target, 'Attempt to convert infinity value to integer type in $convert with no onError value');
    return toBigInt(value as BsonNumber);
  }
  if (type === Type.boolean) return value === true ? 1n : 0n;
  if (type === Type.date && target === 'long') return BigInt((value as Date).getTime());
  if (type === Type.string) {
    if (!/^[+-]?\d+$/.test(value as string))
      throw parseFailure(value as string, target, 'Did not consume whole string.');
    return BigInt((value as string).replace('+', ''));
  }
  throw fail(value, target);
}

function convertToDouble(value: unknown): unknown {
  const type = typeOf(value);
  if (isNumberType(type)) {
    const double = toDouble(value as BsonNumber);
    if (value instanceof Decimal128 && !Number.isFinite(double) && /\d/.test(value.toString())) {
      throw fail(value, 'double', 'Conversion would overflow target type in $convert with no onError value');
    }
    return fromDouble(double);
  }
  if (type === Type.boolean) return fromDouble(value === true ? 1 : 0);
  if (type === Type.date) return fromDouble((value as Date).getTime());
  if (type !== Type.string) throw fail(value, 'double');
  const text = value as string;
  const named = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (named) return /nan/i.test(text) ? Number.NaN : named[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw parseFailure(text, 'double', 'Did not consume whole string.');
  const number = Number(text);
  if (!Number.isFinite(number)) throw parseFailure(text, 'double', 'Out of range');
  return fromDouble(number);
}

function convertToDecimal(value: unknown): unknown {
  const type = typeOf(value);
  if (isNumberType(type)) return value instanceof Decimal128 ? value : toDecimal128(toDecimal(value as BsonNumber));
  if (type === Type.boolean) return toDecimal128(decimalOfBigInt(value === true ? 1n : 0n));
  if (type === Type.date) return toDecimal128(decimalOfBigInt(BigInt((value as Date).getTime())));
  if (type !== Type.string) throw fail(value, 'decimal');
  try {
    return Decimal128.fromStringWithRounding(value as string);
  } catch {
    throw parseFailure(value as string, 'decimal', 'Failed to parse string to decimal');
  }
}

function convertToDate(value: unknown): unknown {
  switch (typeOf(value)) {
    case Type.date:
      return value;
    case Type.int64:
    case Type.double:
    case Type.decimal: {
      const date = new Date(Math.trunc(toDouble(value as BsonNumber)));
      if (Number.isNaN(date.getTime()))
        throw fail(value, 'date', 'Conversion would overflow target type in $convert with no onError value');
      return date;
    }
    case Type.objectId:
      return (value as ObjectId).getTimestamp();
    case Type.timestamp:
      return new Date((value as Timestamp).t * 1000);
    case Type.string:
      return parseDate(value as string, undefined);
    default:
      throw fail(value, 'date');
  }
}

function convertToObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw fail(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value)) {
    throw new StoreError(
      241,
      `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string for parsing to OID`,
    );
  }
  return new ObjectId(value);
}

function convertToString(value: unknown): unknown {
  const type = typeOf(value);
  if (isNumberType(type)) return numberToText(value as BsonNumber);
  switch (type) {
    case Type.string:
      return value;
    case Type.boolean:
      return String(value);
    case Type.date:
      return (value as Date).toISOString();
    case Type.objectId:
      return (value as ObjectId).toHexString();
    default:
      throw fail(value, 'string');
  }
}

function convertToBool(value: unknown): boolean {
  return isTruthy(value);
}

const TARGETS: ReadonlyMap<number, (value: unknown) => unknown> = new Map([
  [Type.int32 as number, (value) => toWhole(value, 'int')],
  [Type.int64, (value) => toWhole(value, 'long')],
  [Type.double, convertToDouble],
  [Type.decimal, convertToDecimal],
  [Type.date, convertToDate],
  [Type.string, convertToString],
  [Type.objectId, convertToObjectId],
  [Type.boolean, convertToBool],
]);

function targetOf(to: unknown): ((value: unknown) => unknown) | undefined {
  const [type] = typesOf(to);
  const convert = TARGETS.get(type!);
  if (!convert) throw new StoreError(241, `Unsupported conversion target in $convert: ${describeType(to)}`);
  return convert;
}

const convert: OperatorCompiler = (argument, context, name) => {
  const given = readNamed(name, argument, ['input', 'to'], ['onError', 'onNull']);
  const input = context.compile(given.get('input'));
  const to = context.compile(given.get('to'));
  const onNull: Evaluate = given.has('onNull') ? context.compile(given.get('onNull')) : () => null;
  const onError = given.has('onError') ? context.compile(given.get('onError')) : undefined;
  return (scope) => {
    const value = input(scope);
    const target = to(scope);
    if (isNullish(value)) return onNull(scope);
    if (isNullish(target)) return null;
    try {
      return targetOf(target)!(value);
    } catch (error) {
      if (onError && error instanceof StoreError) return onError(scope);
      throw error;
    }
  };
};

function shorthand(type: number): OperatorCompiler {
  const apply = TARGETS.get(type)!;
  return unary((value) => (isNullish(value) ? null : apply(value)));
}

/** From one type to another. */
export const convertOperators: OperatorTable = {
  $convert: convert,
  $toString: shorthand(Type.string),
  $toInt: shorthand(Type.int32),
  $toLong: shorthand(Type.int64),
  $toDouble: shorthand(Type.double),
  $toDecimal: shorthand(Type.decimal),
  $toDate: shorthand(Type.date),
  $toBool: shorthand(Type.boolean),
  $toObjectId: shorthand(Type.objectId),
  $type: unary(describeType),
  $isNumber: unary(isNumber),
};
