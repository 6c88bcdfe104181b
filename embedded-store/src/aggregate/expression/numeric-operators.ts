import { Decimal128 } from 'bson';
import { fromDouble } from '../../bson/decode.ts';
import { fromBigInt, toBigInt, toDouble, toSafeInteger } from '../../bson/number.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { compileList, binary, describeType, unary, variadic } from './arguments.ts';
import { absolute, add, divide, modulo, multiply, requireNumber, round, subtract } from './arithmetic.ts';
import type { OperatorCompiler, OperatorTable } from './context.ts';
import { raise } from './power.ts';
import { Type } from '../../bson/element.ts';
import { isNullish, typeOf } from '../../bson/value.ts';

// Decimal logarithms and roots would need 34 correct digits; a double's 15 would be a wrong answer.
function onDoubles(
  compute: (value: number) => number,
  check?: (value: number, name: string) => void,
): OperatorCompiler {
  return unary((value, name) => {
    const number = requireNumber(value, name);
    if (number === null) return null;
    if (number instanceof Decimal128) throw refuse(238, `${name} of a Decimal128`);
    const double = toDouble(number);
    if (!Number.isNaN(double)) check?.(double, name);
    return fromDouble(compute(double));
  });
}

function assertPositive(code: number): (value: number, name: string) => void {
  return (value, name) => {
    if (value <= 0) throw new StoreError(code, `${name}'s argument must be a positive number, but is ${value}`);
  };
}

function rounding(mode: 'half-even' | 'toward-zero'): OperatorCompiler {
  return variadic(
    (values, name) => {
      const [value, place] = values;
      if (isNullish(value) || (values.length > 1 && isNullish(place))) return null;
      const places = values.length === 1 ? 0 : toSafeInteger(place);
      if (places === undefined) throw new StoreError(51082, `precision argument to ${name} must be a integral value`);
      if (places < -20 || places > 100) {
        throw new StoreError(51083, `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`);
      }
      return round(value, places, mode, name);
    },
    1,
    2,
  );
}

const log: OperatorCompiler = binary((value, base) => {
  if (isNullish(value) || isNullish(base)) return null;
  const number = requireNumber(value, '$log');
  const root = requireNumber(base, '$log');
  if (number === null || root === null) return null;
  if (number instanceof Decimal128 || root instanceof Decimal128) throw refuse(238, '$log of a Decimal128');
  if (toDouble(number) <= 0)
    throw new StoreError(28758, `$log's argument must be a positive number, but is ${toDouble(number)}`);
  if (toDouble(root) <= 0 || toDouble(root) === 1) {
    throw new StoreError(28759, `$log's base must be a positive number not equal to 1, but is ${toDouble(root)}`);
  }
  return fromDouble(Math.log(toDouble(number)) / Math.log(toDouble(root)));
});

const bitwise = (name: string, start: bigint, combineBits: (a: bigint, b: bigint) => bigint): OperatorCompiler =>
  variadic((values) => {
    let result = start;
    let isWide = false;
    for (const value of values) {
      if (isNullish(value)) return null;
      const type = typeOf(value);
      if (type !== Type.int32 && type !== Type.int64) {
        throw new StoreError(14, `${name} only supports int and long operands, found: ${describeType(value)}`);
      }
      isWide ||= type === Type.int64;
      result = combineBits(result, toBigInt(value as number));
    }
    return fromBigInt(result, isWide);
  });

/** Numbers in, numbers out. */
export const numericOperators: OperatorTable = {
  $add: variadic(add),
  $subtract: binary(subtract),
  $multiply: variadic(multiply),
  $divide: binary(divide),
  $mod: binary(modulo),
  $abs: unary(absolute),
  $ceil: unary((value, name) => round(value, 0, 'ceiling', name)),
  $floor: unary((value, name) => round(value, 0, 'floor', name)),
  $round: rounding('half-even'),
  $trunc: rounding('toward-zero'),
  $pow: binary(raise),
  $sqrt: onDoubles(Math.sqrt, (value) => {
    if (value < 0) throw new StoreError(28714, "$sqrt's argument must be greater than or equal to 0");
  }),
  $exp: onDoubles(Math.exp),
  $ln: onDoubles(Math.log, assertPositive(28766)),
  $log10: onDoubles(Math.log10, assertPositive(28761)),
  $log: log,
  $sin: onDoubles(Math.sin),
  $cos: onDoubles(Math.cos),
  $tan: onDoubles(Math.tan),
  $asin: onDoubles(Math.asin),
  $acos: onDoubles(Math.acos),
  $atan: onDoubles(Math.atan),
  $degreesToRadians: onDoubles((degrees) => (degrees * Math.PI) / 180),
  $radiansToDegrees: onDoubles((radians) => (radians * 180) / Math.PI),
  $bitAnd: bitwise('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: bitwise('$bitOr', 0n, (a, b) => a | b),
  $bitXor: bitwise('$bitXor', 0n, (a, b) => a ^ b),
  $rand: (argument, context) => {
    if (compileList(argument, context).length > 1)
      throw new StoreError(3040501, '$rand does not currently accept arguments');
    return () => fromDouble(Math.random());
  },
};
