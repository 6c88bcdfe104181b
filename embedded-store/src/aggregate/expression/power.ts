import { Decimal128 } from 'bson';
import { decimalOfBigInt, divideDecimals, multiplyDecimals, toDecimal128 } from '../../bson/decimal.ts';
import { fromDouble } from '../../bson/decode.ts';
import { Type } from '../../bson/element.ts';
import { type BsonNumber, fromBigInt, toBigInt, toDecimal, toDouble, toSafeInteger } from '../../bson/number.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { isNullish, typeOf } from '../../bson/value.ts';
import { requireNumber } from './arithmetic.ts';

/** base ^ exponent: a whole number where both are whole and the result fits 64 bits, else a double or decimal. */
export function raise(base: unknown, exponent: unknown): unknown {
  if (isNullish(base) || isNullish(exponent)) return null;
  const left = requireNumber(base, '$pow') as BsonNumber;
  const right = requireNumber(exponent, '$pow') as BsonNumber;
  if (toDouble(left) === 0 && toDouble(right) < 0) {
    throw new StoreError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  if (left instanceof Decimal128 || right instanceof Decimal128) return raiseDecimal(left, right);
  const types = [typeOf(left), typeOf(right)];
  if (types.includes(Type.double)) return fromDouble(toDouble(left) ** toDouble(right));
  return raiseWhole(toBigInt(left), toBigInt(right), types.includes(Type.int64));
}

function raiseWhole(base: bigint, exponent: bigint, isWide: boolean): unknown {
  const isUnit = base === 1n || base === -1n || base === 0n;
  if (exponent < 0n && !isUnit) return fromDouble(Number(base) ** Number(exponent));
  if (isUnit) {
    const power = base === -1n && exponent % 2n !== 0n ? -1n : exponent === 0n ? 1n : base * base;
    return fromBigInt(base === 0n && exponent !== 0n ? 0n : power, isWide);
  }
  // 2^64 is beyond int64 already, so a larger exponent need not be computed to know that.
  const result = exponent > 64n ? null : fromBigInt(base ** exponent, isWide);
  return result ?? fromDouble(Number(base) ** Number(exponent));
}

function raiseDecimal(base: BsonNumber, exponent: BsonNumber): Decimal128 {
  const count = toSafeInteger(exponent);
  if (count === undefined || Math.abs(count) > 10_000) throw refuse(238, '$pow of a Decimal128 with such an exponent');
  let result = toDecimal(1);
  const factor = toDecimal(base);
  for (let i = 0; i < Math.abs(count); i++) result = multiplyDecimals(result, factor);
  return toDecimal128(count < 0 ? divideDecimals(decimalOfBigInt(1n), result) : result);
}
