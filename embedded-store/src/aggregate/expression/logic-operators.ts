import { compareBson } from '../../bson/compare.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, isNullish } from '../../bson/value.ts';
import { isTruthy } from './truth.ts';
import { binary, compileList, describeType, readNamed, unary } from './arguments.ts';
import type { Evaluate, OperatorCompiler, OperatorTable } from './context.ts';

const and: OperatorCompiler = (argument, context) => {
  const list = compileList(argument, context);
  return (scope) => list.every((evaluate) => isTruthy(evaluate(scope)));
};

const or: OperatorCompiler = (argument, context) => {
  const list = compileList(argument, context);
  return (scope) => list.some((evaluate) => isTruthy(evaluate(scope)));
};

const cond: OperatorCompiler = (argument, context, name) => {
  let parts: unknown[];
  if (Array.isArray(argument)) {
    if (argument.length !== 3) {
      throw new StoreError(16020, `Expression $cond takes exactly 3 arguments. ${argument.length} were passed in.`);
    }
    parts = argument;
  } else {
    if (!isDocument(argument))
      throw new StoreError(16020, 'Expression $cond takes exactly 3 arguments. 1 were passed in.');
    for (const [key] of entriesOf(argument)) {
      if (!['if', 'then', 'else'].includes(key)) throw new StoreError(17083, `Unrecognized parameter to $cond: ${key}`);
    }
    const given = readNamed(name, argument, [], ['if', 'then', 'else']);
    for (const [key, code] of [
      ['if', 17080],
      ['then', 17081],
      ['else', 17082],
    ] as const) {
      if (!given.has(key)) throw new StoreError(code, `Missing '${key}' parameter to $cond`);
    }
    parts = [given.get('if'), given.get('then'), given.get('else')];
  }
  const [test, then, otherwise] = parts.map((part) => context.compile(part));
  return (scope) => (isTruthy(test!(scope)) ? then!(scope) : otherwise!(scope));
};

const ifNull: OperatorCompiler = (argument, context) => {
  const list = compileList(argument, context);
  if (list.length < 2) {
    throw new StoreError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  }
  const last = list.at(-1)!;
  return (scope) => {
    for (let i = 0; i < list.length - 1; i++) {
      const value = list[i]!(scope);
      if (!isNullish(value)) return value;
    }
    return last(scope);
  };
};

const switchOn: OperatorCompiler = (argument, context) => {
  if (!isDocument(argument)) {
    throw new StoreError(40060, `$switch requires an object as an argument, found: ${describeType(argument)}`);
  }
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (key !== 'branches' && key !== 'default')
      throw new StoreError(40067, `$switch found an unknown argument: ${key}`);
  }
  const branches = given.get('branches');
  if (branches !== undefined && !Array.isArray(branches)) {
    throw new StoreError(40061, `$switch expected an array for 'branches', found: ${describeType(branches)}`);
  }
  const compiled = (branches ?? []).map((branch: unknown) => {
    if (!isDocument(branch)) throw new StoreError(40062, '$switch expected each branch to be an object');
    const parts = new Map(entriesOf(branch));
    for (const key of parts.keys()) {
      if (key !== 'case' && key !== 'then')
        throw new StoreError(40063, `$switch found an unknown argument to a branch: ${key}`);
    }
    if (!parts.has('case')) throw new StoreError(40064, "$switch requires each branch have a 'case' expression");
    if (!parts.has('then')) throw new StoreError(40065, "$switch requires each branch have a 'then' expression.");
    return { test: context.compile(parts.get('case')), result: context.compile(parts.get('then')) };
  });
  const hasDefault = given.has('default');
  if (compiled.length === 0 && !hasDefault) throw new StoreError(40068, '$switch requires at least one branch.');
  const otherwise: Evaluate = hasDefault ? context.compile(given.get('default')) : failSwitch;
  return (scope) => {
    for (const { test, result } of compiled) if (isTruthy(test(scope))) return result(scope);
    return otherwise(scope);
  };
};

const failSwitch: Evaluate = () => {
  throw new StoreError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
};

/** Conditions and comparisons; comparisons use the order over all types, where missing is below null. */
export const logicOperators: OperatorTable = {
  $and: and,
  $or: or,
  $not: unary((value) => !isTruthy(value)),
  $eq: binary((a, b) => compareBson(a, b) === 0),
  $ne: binary((a, b) => compareBson(a, b) !== 0),
  $gt: binary((a, b) => compareBson(a, b) > 0),
  $gte: binary((a, b) => compareBson(a, b) >= 0),
  $lt: binary((a, b) => compareBson(a, b) < 0),
  $lte: binary((a, b) => compareBson(a, b) <= 0),
  $cmp: binary((a, b) => compareBson(a, b)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOn,
};
