import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, fieldOf, isDocument, isNullish } from '../../bson/value.ts';
import { describeType, readNamed, unary, variadic } from './arguments.ts';
import type { Evaluate, ExpressionContext, OperatorCompiler, OperatorTable } from './context.ts';

const mergeObjects = variadic((values) => {
  const list = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  const result = new Map<string, unknown>();
  for (const value of list) {
    if (isNullish(value)) continue;
    if (!isDocument(value)) {
      throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${describeType(value)}`);
    }
    for (const [name, child] of entriesOf(value)) result.set(name, child);
  }
  return result;
});

// The name may be any text, with dots and dollars; a text that is not a literal would be a path.
function compileName(operator: string, field: unknown, context: ExpressionContext): Evaluate {
  if (typeof field === 'string' && field.startsWith('$') && field.length === 1) return () => field;
  const evaluate = context.compile(field);
  return (scope) => {
    const name = evaluate(scope);
    if (typeof name !== 'string') {
      throw new StoreError(
        3041704,
        `${operator} requires 'field' to evaluate to type String, but got ${describeType(name)}`,
      );
    }
    return name;
  };
}

const getField: OperatorCompiler = (argument, context) => {
  const isNamed = isDocument(argument) && ![...entriesOf(argument)][0]?.[0].startsWith('$');
  const given = isNamed ? readNamed('$getField', argument, ['field', 'input']) : new Map([['field', argument]]);
  const name = compileName('$getField', given.get('field'), context);
  const input = context.compile(given.has('input') ? given.get('input') : '$$CURRENT');
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return value;
    return isDocument(value) ? fieldOf(value, name(scope) as string) : undefined;
  };
};

function changeField(operator: string, isRemoval: boolean): OperatorCompiler {
  return (argument, context) => {
    const required = isRemoval ? ['field', 'input'] : ['field', 'input', 'value'];
    const given = readNamed(operator, argument, required);
    const name = compileName(operator, given.get('field'), context);
    const input = context.compile(given.get('input'));
    const value: Evaluate = isRemoval ? () => undefined : context.compile(given.get('value'));
    return (scope) => {
      const source = input(scope);
      if (isNullish(source)) return null;
      if (!isDocument(source)) throw new StoreError(4161105, `${operator} requires 'input' to evaluate to type Object`);
      const result = new Map(entriesOf(source));
      const field = name(scope) as string;
      const changed = value(scope);
      if (changed === undefined) result.delete(field);
      else result.set(field, changed);
      return result;
    };
  };
}

/** Documents in or out. */
export const objectOperators: OperatorTable = {
  $mergeObjects: mergeObjects,
  $getField: getField,
  $setField: changeField('$setField', false),
  $unsetField: changeField('$unsetField', true),
  $objectToArray: unary((value) => {
    if (isNullish(value)) return null;
    if (!isDocument(value)) {
      throw new StoreError(40390, `$objectToArray requires a document input, found: ${describeType(value)}`);
    }
    return [...entriesOf(value)].map(
      ([k, v]) =>
        new Map<string, unknown>([
          ['k', k],
          ['v', v],
        ]),
    );
  }),
  $literal: (argument) => () => argument,
};
