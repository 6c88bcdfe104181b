import { typeOf, isDocument, entriesOf } from '../../bson/value.ts';
import { isNumber, toSafeInteger } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { aliasOfType } from '../../match/type-alias.ts';
import type { Evaluate, ExpressionContext, OperatorCompiler } from './context.ts';

/** The arguments of an operator: a list as written, or a single one. */
export function compileList(argument: unknown, context: ExpressionContext): Evaluate[] {
  const list: unknown[] = Array.isArray(argument) ? argument : [argument];
  return list.map((item) => context.compile(item));
}

function assertArity(name: string, count: number, least: number, most: number): void {
  if (least === most && count !== least) {
    throw new StoreError(16020, `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`);
  }
  if (count < least || count > most) {
    const range = `at least ${least} arguments, and at most ${most}`;
    throw new StoreError(28667, `Expression ${name} takes ${range}, but ${count} were passed in.`);
  }
}

/** An operator with one argument. */
export function unary(apply: (value: unknown, name: string) => unknown): OperatorCompiler {
  return (argument, context, name) => {
    const list = compileList(argument, context);
    assertArity(name, list.length, 1, 1);
    const [only] = list;
    return (scope) => apply(only!(scope), name);
  };
}

/** An operator with two arguments. */
export function binary(apply: (left: unknown, right: unknown, name: string) => unknown): OperatorCompiler {
  return (argument, context, name) => {
    const list = compileList(argument, context);
    assertArity(name, list.length, 2, 2);
    const [left, right] = list;
    return (scope) => apply(left!(scope), right!(scope), name);
  };
}

/** An operator with a list of arguments of a length between `least` and `most`. */
export function variadic(
  apply: (values: unknown[], name: string) => unknown,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): OperatorCompiler {
  return (argument, context, name) => {
    const list = compileList(argument, context);
    if (least > 0 || most < Infinity) assertArity(name, list.length, least, most);
    return (scope) => {
      const values: unknown[] = [];
      for (let i = 0; i < list.length; i++) values.push(list[i]!(scope));
      return apply(values, name);
    };
  };
}

export interface NamedOptions {
  /** Answers with null when one of these is null or missing. */
  nullWhenNullish?: readonly string[];
}

/** The named arguments of an operator such as `$dateToString`, as written; unknown and missing ones are refused. */
export function readNamed(
  name: string,
  argument: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Map<string, unknown> {
  if (!isDocument(argument)) {
    throw new StoreError(9, `${name} only supports an object as its argument, found: ${describeType(argument)}`);
  }
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (!required.includes(key) && !optional.includes(key)) {
      throw new StoreError(9, `Unrecognized argument to ${name}: ${key}`);
    }
  }
  for (const key of required) if (!given.has(key)) throw new StoreError(9, `Missing '${key}' parameter to ${name}`);
  return given;
}

/** An operator with named arguments, all of which are expressions. */
export function named<Names extends string>(
  required: readonly string[],
  optional: readonly string[],
  apply: (values: Readonly<Record<Names, unknown>>, name: string) => unknown,
): OperatorCompiler {
  return (argument, context, name) => {
    const given = [...readNamed(name, argument, required, optional)].map(
      ([key, expression]) => [key, context.compile(expression)] as const,
    );
    return (scope) => {
      const values: Record<string, unknown> = {};
      for (const [key, evaluate] of given) values[key] = evaluate(scope);
      return apply(values as Record<Names, unknown>, name);
    };
  };
}

export function describeType(value: unknown): string {
  return aliasOfType(typeOf(value));
}

/** A whole number within int32, as positions and counts must be. */
export function toPosition(value: unknown, code: number, what: string): number {
  const number = toSafeInteger(value);
  if (number === undefined || Math.abs(number) > 2147483648) {
    const shown = isNumber(value) ? String(value) : describeType(value);
    throw new StoreError(code, `${what} must be representable as a 32-bit integer, found: ${shown}`);
  }
  return number;
}
