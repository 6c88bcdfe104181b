import { compareBson } from '../../bson/compare.ts';
import { toSafeInteger } from '../../bson/number.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { entriesOf, fieldOf, isDocument } from '../../bson/value.ts';
import { readNamed } from '../expression/arguments.ts';
import type { Evaluate, ExpressionContext } from '../expression/context.ts';
import { compareBy } from '../expression/sort-pattern.ts';
import type { Accumulator } from './accumulator.ts';
import { AddToSet, Edge, Extreme, First, Last, MergeObjects, Push, Ranked } from './choice.ts';
import { Average, Count, Deviation, Sum } from './sum.ts';

export type { Accumulator };

/** An accumulator as written in `$group`: what it adds per document, and how a group begins. */
export interface CompiledAccumulator {
  evaluate: Evaluate;
  create: () => Accumulator;
}

type AccumulatorCompiler = (argument: unknown, context: ExpressionContext) => CompiledAccumulator;

function simple(create: () => Accumulator): AccumulatorCompiler {
  return (argument, context) => {
    if (Array.isArray(argument)) throw new StoreError(40237, 'The accumulator is a unary operator');
    return { evaluate: context.compile(argument), create };
  };
}

function readCount(value: unknown): number {
  const count = toSafeInteger(value);
  if (count === undefined) throw new StoreError(5787902, "Value for 'n' must be of integral type");
  if (count < 1) throw new StoreError(5787908, `'n' must be greater than 0, found ${count}`);
  return count;
}

function counted(name: string, create: (count: number) => Accumulator): AccumulatorCompiler {
  return (argument, context) => {
    const given = readNamed(name, argument, ['n', 'input']);
    const count = readCount(given.get('n'));
    return { evaluate: context.compile(given.get('input')), create: () => create(count) };
  };
}

function extremes(name: string, direction: 1 | -1): AccumulatorCompiler {
  const inner = counted(name, (count) => new Ranked(count, (a, b) => direction * compareBson(a, b)));
  return (argument, context) => {
    const { evaluate, create } = inner(argument, context);
    return { create, evaluate: (scope) => evaluate(scope) ?? undefined };
  };
}

class Single implements Accumulator {
  readonly #many: Accumulator;
  constructor(many: Accumulator) {
    this.#many = many;
  }
  add(value: unknown): void {
    this.#many.add(value);
  }
  result(): unknown {
    return (this.#many.result() as unknown[])[0] ?? null;
  }
}

// Each document takes part with the value to answer with and the document to sort by.
function topped(name: string, direction: 1 | -1, isSingle: boolean): AccumulatorCompiler {
  return (argument, context) => {
    const given = readNamed(name, argument, isSingle ? ['sortBy', 'output'] : ['n', 'sortBy', 'output']);
    const count = isSingle ? 1 : readCount(given.get('n'));
    const sortBy = given.get('sortBy');
    if (!isDocument(sortBy)) throw new StoreError(10065, `${name}: expected 'sortBy' to be an object`);
    const byDocument = compareBy(sortBy);
    const output = context.compile(given.get('output'));
    context.fields.add('*');
    const compare = (a: unknown, b: unknown): number =>
      direction * byDocument(fieldOf(a as Map<string, unknown>, 'by'), fieldOf(b as Map<string, unknown>, 'by'));
    return {
      evaluate: (scope) =>
        new Map([
          ['by', scope.root as unknown],
          ['output', output(scope)],
        ]),
      create: () => {
        const ranked = new Ranked(count, compare, (value) => fieldOf(value as Map<string, unknown>, 'output'));
        return isSingle ? new Single(ranked) : ranked;
      },
    };
  };
}

/** Every accumulator of `$group` and `$bucket`. */
export const accumulators: Readonly<Record<string, AccumulatorCompiler>> = {
  $sum: simple(() => new Sum()),
  $avg: simple(() => new Average()),
  $min: simple(() => new Extreme(-1)),
  $max: simple(() => new Extreme(1)),
  $first: simple(() => new First()),
  $last: simple(() => new Last()),
  $push: (argument, context) => ({ evaluate: context.compile(argument), create: () => new Push() }),
  $addToSet: (argument, context) => ({ evaluate: context.compile(argument), create: () => new AddToSet() }),
  $mergeObjects: simple(() => new MergeObjects()),
  $stdDevPop: simple(() => new Deviation(false)),
  $stdDevSamp: simple(() => new Deviation(true)),
  $count: (argument) => {
    if (!isDocument(argument) || [...entriesOf(argument)].length > 0) {
      throw new StoreError(9, '$count takes no arguments, i.e. $count:{}');
    }
    return { evaluate: () => undefined, create: () => new Count() };
  },
  $firstN: counted('$firstN', (count) => new Edge(count, false)),
  $lastN: counted('$lastN', (count) => new Edge(count, true)),
  $minN: extremes('$minN', 1),
  $maxN: extremes('$maxN', -1),
  $top: topped('$top', 1, true),
  $bottom: topped('$bottom', -1, true),
  $topN: topped('$topN', 1, false),
  $bottomN: topped('$bottomN', -1, false),
};

const REFUSED = new Set(['$accumulator', '$median', '$percentile']);

export function compileAccumulator(field: string, spec: unknown, context: ExpressionContext): CompiledAccumulator {
  if (field.includes('.')) throw new StoreError(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) throw new StoreError(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDocument(spec)) throw new StoreError(40234, `The field '${field}' must be an accumulator object`);
  const entries = [...entriesOf(spec)];
  const [first] = entries;
  if (entries.length !== 1 || !first) throw new StoreError(40238, `The field '${field}' must specify one accumulator`);
  const [name, argument] = first;
  if (!name.startsWith('$')) throw new StoreError(40234, `The field '${field}' must be an accumulator object`);
  const compile = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined;
  if (compile) return compile(argument, context);
  if (REFUSED.has(name)) throw refuse(15952, `The accumulator ${name}`);
  throw new StoreError(15952, `unknown group operator '${name}'`);
}
