import { Long, Timestamp } from 'bson';
import { combine } from '../aggregate/expression/arithmetic.ts';
import { describeType } from '../aggregate/expression/arguments.ts';
import { compareRaw } from '../bson/compare.ts';
import { Type } from '../bson/element.ts';
import { type BsonNumber, fromBigInt, isNumber, isNumberType, toBigInt } from '../bson/number.ts';
import { renderField } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { entriesOf, isDocument, typeOf } from '../bson/value.ts';
import {
  describeDocument,
  isMissing,
  isSameSlice,
  type Modifier,
  type ModifierCall,
  REMOVED,
  type Slice,
  sliceOf,
  UNCHANGED,
  valueOf,
} from './modifier.ts';

export function setTo(value: unknown): Modifier {
  const slice = sliceOf(value);
  return { createsPath: true, apply: (old) => (isSameSlice(old, slice) ? UNCHANGED : slice) };
}

export function setOnInsert(value: unknown): Modifier {
  const slice = sliceOf(value);
  return { createsPath: true, apply: (_old, call) => (call.isInsert ? slice : UNCHANGED) };
}

export const unset: Modifier = {
  createsPath: false,
  apply: (old) => (isMissing(old) ? UNCHANGED : REMOVED),
};

/** `$inc` and `$mul`: int32 grows into int64, which must not overflow; a missing field counts as 0. */
export function arithmetic(name: '$inc' | '$mul', path: string, argument: unknown): Modifier {
  if (!isNumber(argument)) {
    const verb = name === '$inc' ? 'increment' : 'multiply';
    throw new StoreError(14, `Cannot ${verb} with non-numeric argument: {${renderField(path, argument)}}`);
  }
  const operation = name === '$inc' ? 'add' : 'multiply';
  return {
    createsPath: true,
    apply: (old, call) => {
      if (isMissing(old)) return sliceOf(name === '$inc' ? argument : combine('multiply', argument, 0));
      const current = numberAt(old, name, call);
      const result = combine(operation, current, argument);
      if (isWhole(current) && isWhole(argument) && !isWhole(result)) {
        const value = `(NumberLong)${String(current)}`;
        throw new StoreError(
          2,
          `Failed to apply ${name} operations to current value (${value}) for document ${describeDocument(call.root)}`,
        );
      }
      const slice = sliceOf(result);
      return isSameSlice(old, slice) ? UNCHANGED : slice;
    },
  };
}

function isWhole(value: BsonNumber): boolean {
  const type = typeOf(value);
  return type === Type.int32 || type === Type.int64;
}

function numberAt(old: Slice, name: string, call: ModifierCall): BsonNumber {
  if (isNumberType(old.type)) return valueOf(old) as BsonNumber;
  const field = call.path.slice(call.path.lastIndexOf('.') + 1);
  throw new StoreError(
    14,
    `Cannot apply ${name} to a value of non-numeric type. ${describeDocument(call.root)} has the field '${field}' ` +
      `of non-numeric type ${describeType(valueOf(old))}`,
  );
}

/** `$min` (-1) and `$max` (1), in the order over all types. */
export function extreme(direction: 1 | -1, value: unknown): Modifier {
  const slice = sliceOf(value);
  return {
    createsPath: true,
    apply: (old) => {
      if (isMissing(old)) return slice;
      const order = compareRaw(slice.raw, slice.type, 0, old.raw, old.type, old.start);
      return order * direction > 0 ? slice : UNCHANGED;
    },
  };
}

export function currentDate(argument: unknown, now: Date): Modifier {
  const isTimestamp = readCurrentDate(argument) === 'timestamp';
  const value = isTimestamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now;
  return setTo(value);
}

function readCurrentDate(argument: unknown): 'date' | 'timestamp' {
  if (typeof argument === 'boolean') return 'date';
  if (!isDocument(argument)) {
    throw new StoreError(
      2,
      `${describeType(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  for (const [key, value] of entriesOf(argument)) {
    if (key !== '$type') throw new StoreError(2, `Unrecognized $currentDate option: ${key}`);
    if (value === 'date' || value === 'timestamp') return value;
  }
  throw new StoreError(
    2,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  );
}

const BIT_OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

export function bit(path: string, argument: unknown): Modifier {
  if (!isDocument(argument)) {
    throw new StoreError(
      2,
      `The $bit modifier is not compatible with a ${describeType(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = [...entriesOf(argument)].map(([name, value]) => {
    const apply = Object.hasOwn(BIT_OPERATIONS, name) ? BIT_OPERATIONS[name] : undefined;
    if (!apply)
      throw new StoreError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${renderField(name, value)}}`,
      );
    if (!isNumber(value) || !isWhole(value))
      throw new StoreError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${describeType(value)}' is not supported here: {${renderField(name, value)}}`,
      );
    return { apply, operand: value };
  });
  if (steps.length === 0) {
    throw new StoreError(
      2,
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  return {
    createsPath: true,
    apply: (old, call) => {
      const current = isMissing(old) ? 0 : valueOf(old);
      if (!isNumber(current) || !isWhole(current)) {
        throw new StoreError(
          2,
          `Cannot apply $bit to a value of non-integral type. ${describeDocument(call.root)} has the field ${path} of non-integer type ${describeType(current)}`,
        );
      }
      let value = toBigInt(current);
      let isWide = typeOf(current) === Type.int64;
      for (const { apply, operand } of steps) {
        value = apply(value, toBigInt(operand));
        isWide ||= typeOf(operand) === Type.int64;
      }
      const slice = sliceOf(fromBigInt(value, isWide) ?? Long.fromBigInt(value));
      return isSameSlice(old, slice) ? UNCHANGED : slice;
    },
  };
}
