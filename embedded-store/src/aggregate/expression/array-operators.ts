import { compareBson } from '../../bson/compare.ts';
import { isNumber, toSafeInteger } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, fieldOf, isDocument, isNullish } from '../../bson/value.ts';
import { binary, compileList, describeType, named, toPosition, unary, variadic } from './arguments.ts';
import type { OperatorCompiler, OperatorTable } from './context.ts';
import { compareBy } from './sort-pattern.ts';

function requireArray(value: unknown, code: number, name: string): unknown[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new StoreError(code, `${name}'s argument must be an array, but is ${describeType(value)}`);
  return value;
}

const arrayElemAt = binary((array, index, name) => {
  if (isNullish(array) || isNullish(index)) return null;
  const items = requireArray(array, 28689, name)!;
  if (!isNumber(index))
    throw new StoreError(28690, `${name}'s second argument must be a numeric value, but is ${describeType(index)}`);
  return items.at(toPosition(index, 28691, `${name}'s second argument`));
});

function edge(position: 0 | -1): OperatorCompiler {
  return unary((value, name) => {
    const items = requireArray(value, 28689, name);
    return items && items.at(position);
  });
}

const slice = variadic(
  (values, name) => {
    const [array, second, third] = values;
    if (isNullish(array) || isNullish(second) || (values.length === 3 && isNullish(third))) return null;
    if (!Array.isArray(array))
      throw new StoreError(28724, `First argument to ${name} must be an array, but is of type: ${describeType(array)}`);
    if (!isNumber(second))
      throw new StoreError(
        28725,
        `Second argument to ${name} must be a numeric value, but is of type: ${describeType(second)}`,
      );
    const first = toPosition(second, 28726, `Second argument to ${name}`);
    if (values.length === 2) return first < 0 ? array.slice(first) : array.slice(0, first);
    if (!isNumber(third))
      throw new StoreError(28727, `Third argument to ${name} must be numeric, but is of type: ${describeType(third)}`);
    const count = toPosition(third, 28728, `Third argument to ${name}`);
    if (count <= 0) throw new StoreError(28729, `Third argument to ${name} must be positive: ${count}`);
    const start = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(start, start + count);
  },
  2,
  3,
);

const concatArrays = variadic((values, name) => {
  const result: unknown[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value)) throw new StoreError(28664, `${name} only supports arrays, not ${describeType(value)}`);
    for (const item of value) result.push(item);
  }
  return result;
});

const inArray = binary((value, array, name) => {
  if (!Array.isArray(array))
    throw new StoreError(40081, `${name} requires an array as a second argument, found: ${describeType(array)}`);
  return array.some((item) => compareBson(item, value) === 0);
});

const indexOfArray = variadic(
  (values, name) => {
    const [array, wanted] = values;
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new StoreError(40090, `${name} requires an array as a first argument, found: ${describeType(array)}`);
    const [start, end] = [values[2] ?? 0, values[3] ?? array.length].map((bound) => {
      const position = toPosition(bound, 40096, `${name} requires an integral index, which`);
      if (position < 0) throw new StoreError(40097, `${name} requires a nonnegative index, found: ${position}`);
      return position;
    });
    for (let i = start!; i < Math.min(end!, array.length); i++) if (compareBson(array[i], wanted) === 0) return i;
    return -1;
  },
  2,
  4,
);

const MAX_RANGE = 5_000_000;

const range = variadic(
  (values, name) => {
    const start = toPosition(values[0], 34444, `${name} requires a starting value which`);
    const end = toPosition(values[1], 34446, `${name} requires an ending value which`);
    const step = values.length === 3 ? toPosition(values[2], 34448, `${name} requires a step value which`) : 1;
    if (step === 0) throw new StoreError(34449, `${name} requires a non-zero step value`);
    const count = Math.max(0, Math.ceil((end - start) / step));
    // MongoDB stops at the memory limit of an expression; an array this long cannot be stored anyway.
    if (count > MAX_RANGE) throw new StoreError(146, `${name} would make ${count} numbers, more than fit a document`);
    return Array.from({ length: count }, (_, i) => start + i * step);
  },
  2,
  3,
);

const arrayToObject = unary((value, name) => {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new StoreError(40386, `${name} requires an array input, found: ${describeType(value)}`);
  const result = new Map<string, unknown>();
  for (const item of value) {
    const [key, child] = pairOf(item, name);
    if (key.includes('\0')) throw new StoreError(4940400, 'Key field cannot contain an embedded null byte');
    result.set(key, child === undefined ? null : child);
  }
  return result;
});

function pairOf(item: unknown, name: string): [string, unknown] {
  if (Array.isArray(item)) {
    if (item.length !== 2)
      throw new StoreError(40397, `${name} requires an array of size 2 arrays, found array of size: ${item.length}`);
    if (typeof item[0] !== 'string')
      throw new StoreError(40395, `${name} requires an array of key-value pairs, where the key must be of type string`);
    return [item[0], item[1]];
  }
  if (!isDocument(item))
    throw new StoreError(40398, `Unrecognised input type format for ${name}: ${describeType(item)}`);
  const entries = [...entriesOf(item)];
  if (entries.length !== 2)
    throw new StoreError(
      40392,
      `${name} requires an object keys of 'k' and 'v'. Found incorrect number of keys: ${entries.length}`,
    );
  const key = fieldOf(item, 'k');
  if (!entries.some(([field]) => field === 'k') || !entries.some(([field]) => field === 'v')) {
    throw new StoreError(40393, `${name} requires an object with keys 'k' and 'v'.`);
  }
  if (typeof key !== 'string')
    throw new StoreError(
      40394,
      `${name} requires an object with keys 'k' and 'v', where the value of 'k' must be of type string.`,
    );
  return [key, fieldOf(item, 'v')];
}

const zip = named<'inputs' | 'useLongestLength' | 'defaults'>(
  ['inputs'],
  ['useLongestLength', 'defaults'],
  ({ inputs, useLongestLength = false, defaults }) => {
    if (isNullish(inputs)) return null;
    if (!Array.isArray(inputs))
      throw new StoreError(34461, `inputs must be an array of expressions, found ${describeType(inputs)}`);
    if (typeof useLongestLength !== 'boolean') throw new StoreError(34463, 'useLongestLength must be a bool');
    if (defaults !== undefined && !useLongestLength)
      throw new StoreError(34466, 'cannot specify defaults unless useLongestLength is true');
    if (Array.isArray(defaults) && defaults.length !== inputs.length) {
      throw new StoreError(34467, 'defaults and inputs must have the same length');
    }
    if (inputs.some(isNullish)) return null;
    const arrays = inputs.map((input: unknown) => {
      if (!Array.isArray(input))
        throw new StoreError(34468, `$zip found a non-array expression in input: ${describeType(input)}`);
      return input as unknown[];
    });
    if (arrays.length === 0) throw new StoreError(34465, '$zip requires at least one input array');
    const lengths = arrays.map((array) => array.length);
    const length = useLongestLength ? Math.max(...lengths) : Math.min(...lengths);
    const fill = (Array.isArray(defaults) ? defaults : []) as unknown[];
    return Array.from({ length }, (_, i) =>
      arrays.map((array, column) => (i < array.length ? array[i] : (fill[column] ?? null))),
    );
  },
);

const sortArray = named<'input' | 'sortBy'>(['input', 'sortBy'], [], ({ input, sortBy }) => {
  if (isNullish(input)) return null;
  if (!Array.isArray(input))
    throw new StoreError(
      2942504,
      `The input argument to $sortArray must be an array, but was of type: ${describeType(input)}`,
    );
  return [...input].sort(compareBy(sortBy));
});

function takeN(name: string, fromEnd: boolean): OperatorCompiler {
  return named<'n' | 'input'>(['n', 'input'], [], ({ n, input }) => {
    const count = toSafeInteger(n);
    if (count === undefined)
      throw new StoreError(5787902, `Value for 'n' must be of integral type, but found ${describeType(n)}`);
    if (count < 1) throw new StoreError(5787908, `'n' must be greater than 0, found ${count}`);
    if (!Array.isArray(input))
      throw new StoreError(5788200, `${name} expects an array as its input, found ${describeType(input)}`);
    return fromEnd ? input.slice(-count) : input.slice(0, count);
  });
}

function extremeN(name: string, direction: 1 | -1): OperatorCompiler {
  return named<'n' | 'input'>(['n', 'input'], [], ({ n, input }) => {
    const count = toSafeInteger(n);
    if (count === undefined)
      throw new StoreError(5787902, `Value for 'n' must be of integral type, but found ${describeType(n)}`);
    if (count < 1) throw new StoreError(5787908, `'n' must be greater than 0, found ${count}`);
    if (!Array.isArray(input))
      throw new StoreError(5788200, `${name} expects an array as its input, found ${describeType(input)}`);
    return input
      .filter((item) => !isNullish(item))
      .sort((a, b) => direction * compareBson(a, b))
      .slice(0, count);
  });
}

/** Arrays in or out. */
export const arrayOperators: OperatorTable = {
  $size: unary((value, name) => {
    if (!Array.isArray(value))
      throw new StoreError(17124, `The argument to ${name} must be an array, but was of type: ${describeType(value)}`);
    return value.length;
  }),
  $isArray: (argument, context) => {
    const list = compileList(argument, context);
    if (list.length !== 1)
      throw new StoreError(16020, `Expression $isArray takes exactly 1 arguments. ${list.length} were passed in.`);
    return (scope) => Array.isArray(list[0]!(scope));
  },
  $arrayElemAt: arrayElemAt,
  $first: edge(0),
  $last: edge(-1),
  $slice: slice,
  $concatArrays: concatArrays,
  $in: inArray,
  $indexOfArray: indexOfArray,
  $range: range,
  $reverseArray: unary((value, name) => {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      throw new StoreError(34435, `The argument to ${name} must be an array, but was of type: ${describeType(value)}`);
    return [...value].reverse();
  }),
  $arrayToObject: arrayToObject,
  $zip: zip,
  $sortArray: sortArray,
  $firstN: takeN('$firstN', false),
  $lastN: takeN('$lastN', true),
  $maxN: extremeN('$maxN', -1),
  $minN: extremeN('$minN', 1),
};
