import { type BSONSymbol, type Code, Decimal128, type Timestamp } from 'bson';
import { Type } from '../../bson/element.ts';
import { type BsonNumber, toBigInt, toDouble } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { typeOf } from '../../bson/value.ts';
import { describeType } from './arguments.ts';

/** The text that string operators make of a value: strings, numbers and dates; nothing for null. */
export function stringify(value: unknown, name: string): string {
  switch (typeOf(value)) {
    case Type.missing:
    case Type.null:
      return '';
    case Type.string:
      return value as string;
    case Type.symbol:
      return (value as BSONSymbol).value;
    case Type.int32:
    case Type.double:
    case Type.int64:
    case Type.decimal:
      return numberToText(value as BsonNumber);
    case Type.date:
      return (value as Date).toISOString();
    case Type.timestamp:
      return String(value as Timestamp);
    case Type.code:
      return (value as Code).code;
    default:
      throw new StoreError(16007, `can't convert from BSON type ${describeType(value)} to String (${name})`);
  }
}

/** A number as MongoDB writes it: shortest digits, exponents with a sign and two digits, Infinity and NaN by name. */
export function numberToText(value: BsonNumber): string {
  if (value instanceof Decimal128) return value.toString();
  if (typeOf(value) !== Type.double) return toBigInt(value).toString();
  const double = toDouble(value);
  if (Object.is(double, -0)) return '-0';
  return String(double).replace(/e([+-])(\d)$/, 'e$10$2');
}
