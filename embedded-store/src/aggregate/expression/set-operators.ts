import { encodeKey } from '../../bson/key.ts';
import { StoreError } from '../../bson/store-error.ts';
import { isNullish } from '../../bson/value.ts';
import { isTruthy } from './truth.ts';
import { binary, describeType, unary, variadic } from './arguments.ts';
import type { OperatorTable } from './context.ts';

/** Distinct values by MongoDB's equality, in the order of their keys. */
export class ValueSet {
  readonly #values = new Map<string, unknown>();

  constructor(values: Iterable<unknown> = []) {
    for (const value of values) this.add(value);
  }

  add(value: unknown): void {
    const key = encodeKey([value]).toString('latin1');
    if (!this.#values.has(key)) this.#values.set(key, value);
  }

  has(value: unknown): boolean {
    return this.#values.has(encodeKey([value]).toString('latin1'));
  }

  get size(): number {
    return this.#values.size;
  }

  /** MongoDB leaves the order open; sorting makes it the same every time. */
  sorted(): unknown[] {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }
}

function requireArrays(values: unknown[], code: number, name: string): unknown[][] | null {
  if (values.some(isNullish)) return null;
  return values.map((value) => {
    if (!Array.isArray(value))
      throw new StoreError(
        code,
        `All operands of ${name} must be arrays. One argument is of type: ${describeType(value)}`,
      );
    return value as unknown[];
  });
}

function requireBothArrays(values: unknown[], code: number, name: string): ValueSet[] {
  return values.map((value, i) => {
    if (!Array.isArray(value)) {
      throw new StoreError(
        code,
        `both operands of ${name} must be arrays. ${i === 0 ? 'First' : 'Second'} argument is of type: ${describeType(value)}`,
      );
    }
    return new ValueSet(value);
  });
}

/** Arrays as sets. */
export const setOperators: OperatorTable = {
  $setUnion: variadic(
    (values, name) => requireArrays(values, 17043, name) && new ValueSet((values as unknown[][]).flat(1)).sorted(),
  ),
  $setIntersection: variadic((values, name) => {
    const arrays = requireArrays(values, 17047, name);
    if (arrays === null) return null;
    const [first = [], ...rest] = arrays.map((array) => new ValueSet(array).sorted());
    const others = rest.map((array) => new ValueSet(array));
    return first.filter((value) => others.every((other) => other.has(value)));
  }),
  $setDifference: binary((left, right, name) => {
    const arrays = requireArrays([left, right], 17048, name);
    if (arrays === null) return null;
    const excluded = new ValueSet(arrays[1]);
    const kept = new ValueSet();
    return arrays[0]!.filter((value) => {
      if (excluded.has(value) || kept.has(value)) return false;
      kept.add(value);
      return true;
    });
  }),
  $setEquals: variadic((values, name) => {
    const [first, ...rest] = requireBothArrays(values, 17044, name);
    return rest.every((set) => set.size === first!.size && set.sorted().every((value) => first!.has(value)));
  }, 2),
  $setIsSubset: binary((left, right, name) => {
    const [inner, outer] = requireBothArrays([left, right], 17046, name);
    return inner!.sorted().every((value) => outer!.has(value));
  }),
  $anyElementTrue: unary((value, name) => {
    if (!Array.isArray(value))
      throw new StoreError(17041, `${name}'s argument must be an array, but is ${describeType(value)}`);
    return value.some(isTruthy);
  }),
  $allElementsTrue: unary((value, name) => {
    if (!Array.isArray(value))
      throw new StoreError(17040, `${name}'s argument must be an array, but is ${describeType(value)}`);
    return value.every(isTruthy);
  }),
};
