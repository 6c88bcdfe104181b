import { compareBson } from '../../bson/compare.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, isNullish } from '../../bson/value.ts';
import { describeType } from '../expression/arguments.ts';
import { ValueSet } from '../expression/set-operators.ts';
import type { Accumulator } from './accumulator.ts';

/** The least (-1) or greatest (1) value; null and missing do not count. */
export class Extreme implements Accumulator {
  readonly #direction: 1 | -1;
  #best: unknown = undefined;

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  add(value: unknown): void {
    if (isNullish(value)) return;
    if (this.#best === undefined || compareBson(value, this.#best) * this.#direction > 0) this.#best = value;
  }

  result(): unknown {
    return this.#best === undefined ? null : this.#best;
  }
}

export class First implements Accumulator {
  #value: unknown;
  #isSet = false;
  add(value: unknown): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#value = value;
  }
  result(): unknown {
    return this.#value ?? null;
  }
}

export class Last implements Accumulator {
  #value: unknown;
  add(value: unknown): void {
    this.#value = value;
  }
  result(): unknown {
    return this.#value ?? null;
  }
}

export class Push implements Accumulator {
  readonly #values: unknown[] = [];
  add(value: unknown): void {
    if (value !== undefined) this.#values.push(value);
  }
  result(): unknown {
    return this.#values;
  }
}

export class AddToSet implements Accumulator {
  readonly #values = new ValueSet();
  add(value: unknown): void {
    if (value !== undefined) this.#values.add(value);
  }
  result(): unknown {
    return this.#values.sorted();
  }
}

export class MergeObjects implements Accumulator {
  readonly #result = new Map<string, unknown>();
  add(value: unknown): void {
    if (isNullish(value)) return;
    if (!isDocument(value)) {
      throw new StoreError(40400, `$mergeObjects requires object inputs, but input is of type ${describeType(value)}`);
    }
    for (const [name, child] of entriesOf(value)) this.#result.set(name, child);
  }
  result(): unknown {
    return this.#result;
  }
}

/** The first or last `n` values, missing ones as null. */
export class Edge implements Accumulator {
  readonly #count: number;
  readonly #isLast: boolean;
  readonly #values: unknown[] = [];

  constructor(count: number, isLast: boolean) {
    this.#count = count;
    this.#isLast = isLast;
  }

  add(value: unknown): void {
    if (this.#isLast) {
      this.#values.push(value ?? null);
      if (this.#values.length > this.#count) this.#values.shift();
    } else if (this.#values.length < this.#count) {
      this.#values.push(value ?? null);
    }
  }

  result(): unknown {
    return this.#values;
  }
}

/** The `n` values that come first in an order; ties keep the order of arrival. */
export class Ranked implements Accumulator {
  readonly #count: number;
  readonly #compare: (a: unknown, b: unknown) => number;
  readonly #pick: (value: unknown) => unknown;
  #values: unknown[] = [];

  constructor(count: number, compare: (a: unknown, b: unknown) => number, pick = (value: unknown): unknown => value) {
    this.#count = count;
    this.#compare = compare;
    this.#pick = pick;
  }

  add(value: unknown): void {
    if (value === undefined) return;
    this.#values.push(value);
    if (this.#values.length > this.#count * 2 + 64) this.#values = this.#best();
  }

  #best(): unknown[] {
    return this.#values.sort(this.#compare).slice(0, this.#count);
  }

  result(): unknown {
    return this.#best().map((value) => this.#pick(value) ?? null);
  }
}
