import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, isNullish } from '../../bson/value.ts';
import { describeType, readNamed, toPosition } from './arguments.ts';
import type { Evaluate, OperatorCompiler, OperatorTable } from './context.ts';
import { isTruthy } from './truth.ts';

const letIn: OperatorCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new StoreError(16874, '$let only supports an object as its argument');
  const given = readNamed('$let', argument, ['vars', 'in']);
  const vars = given.get('vars');
  if (!isDocument(vars)) throw new StoreError(10065, 'invalid parameter: expected an object (vars)');
  const entries = [...entriesOf(vars)];
  // The values see the variables outside, not one another.
  const values = entries.map(([, expression]) => context.compile(expression));
  const { context: inner, slots } = context.declare(entries.map(([name]) => name));
  const body = inner.compile(given.get('in'));
  return (scope) => {
    const results = values.map((evaluate) => evaluate(scope));
    for (let i = 0; i < slots.length; i++) scope.variables[slots[i]!] = results[i];
    return body(scope);
  };
};

function variableName(given: ReadonlyMap<string, unknown>): string {
  const name = given.get('as') ?? 'this';
  if (typeof name !== 'string') throw new StoreError(9, "the 'as' parameter must be a string");
  return name;
}

function arrayOrNull(value: unknown, code: number, what: string): unknown[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw new StoreError(code, `${what} must be an array not ${describeType(value)}`);
  return value;
}

const map: OperatorCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new StoreError(16878, '$map only supports an object as its argument');
  const given = readNamed('$map', argument, ['input', 'in'], ['as']);
  const input = context.compile(given.get('input'));
  const { context: inner, slots } = context.declare([variableName(given)]);
  const body = inner.compile(given.get('in'));
  const slot = slots[0]!;
  return (scope) => {
    const items = arrayOrNull(input(scope), 16883, 'input to $map');
    return (
      items &&
      items.map((item) => {
        scope.variables[slot] = item;
        return body(scope) ?? null;
      })
    );
  };
};

const filter: OperatorCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new StoreError(28646, '$filter only supports an object as its argument');
  const given = readNamed('$filter', argument, ['input', 'cond'], ['as', 'limit']);
  const input = context.compile(given.get('input'));
  const limit: Evaluate = given.has('limit') ? context.compile(given.get('limit')) : () => null;
  const { context: inner, slots } = context.declare([variableName(given)]);
  const test = inner.compile(given.get('cond'));
  const slot = slots[0]!;
  return (scope) => {
    const items = arrayOrNull(input(scope), 28651, 'input to $filter');
    if (items === null) return null;
    const bound = limit(scope);
    const most = isNullish(bound) ? Infinity : toPosition(bound, 327391, "$filter: 'limit'");
    if (most < 1) throw new StoreError(327392, "$filter: 'limit' must be greater than 0");
    const result: unknown[] = [];
    for (const item of items) {
      scope.variables[slot] = item;
      if (isTruthy(test(scope)) && result.push(item) >= most) break;
    }
    return result;
  };
};

const reduce: OperatorCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new StoreError(40075, '$reduce requires an object as an argument');
  const given = readNamed('$reduce', argument, ['input', 'initialValue', 'in']);
  const input = context.compile(given.get('input'));
  const initial = context.compile(given.get('initialValue'));
  const { context: inner, slots } = context.declare(['value', 'this']);
  const body = inner.compile(given.get('in'));
  return (scope) => {
    const items = arrayOrNull(input(scope), 40080, "$reduce requires that 'input' be an array: it");
    if (items === null) return null;
    let value = initial(scope);
    for (const item of items) {
      scope.variables[slots[0]!] = value;
      scope.variables[slots[1]!] = item;
      value = body(scope);
    }
    return value;
  };
};

/** Operators that declare variables for an expression inside them. */
export const scopeOperators: OperatorTable = { $let: letIn, $map: map, $filter: filter, $reduce: reduce };
