import type { Document } from 'bson';
import { compareBson, rankOfType } from '../../bson/compare.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, typeOf } from '../../bson/value.ts';
import { describeType } from '../expression/arguments.ts';
import type { StageCompiler } from './stage.ts';

/** `$count`: one document with the number of documents, or none if there are none. */
export const count: StageCompiler = (argument, context, compile) => {
  if (typeof argument !== 'string') throw new StoreError(40156, 'the count field must be a non-empty string');
  if (argument === '') throw new StoreError(40156, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new StoreError(40158, 'the count field cannot be a $-prefixed path');
  if (argument.includes('.')) throw new StoreError(40160, "the count field cannot contain '.'");
  return derived(compile([{ $group: { _id: null, [argument]: { $sum: 1 } } }, { $project: { _id: 0 } }], context));
};

/** `$sortByCount`: groups by an expression, the most frequent first. */
export const sortByCount: StageCompiler = (argument, context, compile) => {
  const isPath = typeof argument === 'string' && argument.startsWith('$');
  if (!isPath && !isDocument(argument)) {
    throw new StoreError(
      40149,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  return derived(compile([{ $group: { _id: argument, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context));
};

function derived({ run }: { run: ReturnType<StageCompiler>['run'] }): ReturnType<StageCompiler> {
  return { run, reads: 'all', isPassing: false };
}

/** `$bucket`: groups by the half-open range that a value falls into; ranges are named by their lower bound. */
export const bucket: StageCompiler = (argument, context, compile) => {
  if (!isDocument(argument))
    throw new StoreError(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${describeType(argument)}`,
    );
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(key))
      throw new StoreError(40197, `Unrecognized option to $bucket: ${key}`);
  }
  const groupBy = given.get('groupBy');
  if (groupBy === undefined || !given.has('boundaries')) {
    throw new StoreError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  if (!isDocument(groupBy) && !(typeof groupBy === 'string' && groupBy.startsWith('$'))) {
    throw new StoreError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  }
  const boundaries = readBoundaries(given.get('boundaries'));
  const fallback = given.get('default');
  if (given.has('default')) assertOutside(fallback, boundaries);
  const output = given.get('output') ?? { count: { $sum: 1 } };
  if (!isDocument(output))
    throw new StoreError(
      40196,
      `The $bucket 'output' field must be an object, but found type: ${describeType(output)}`,
    );
  const branches = boundaries.slice(0, -1).map((lower, i) => {
    const isWithin = [{ $gte: [groupBy, { $literal: lower }] }, { $lt: [groupBy, { $literal: boundaries[i + 1] }] }];
    return new Map<string, unknown>([
      ['case', { $and: isWithin }],
      ['then', { $literal: lower }],
    ]);
  });
  const id = { $switch: { branches, ...(given.has('default') ? { default: { $literal: fallback } } : {}) } };
  const group: Document = { _id: id, ...Object.fromEntries(entriesOf(output)) };
  return derived(compile([{ $group: group }, { $sort: { _id: 1 } }], context));
};

function readBoundaries(value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw new StoreError(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${describeType(value)}`,
    );
  if (value.length < 2)
    throw new StoreError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${value.length} value(s).`,
    );
  for (let i = 1; i < value.length; i++) {
    if (rankOfType(typeOf(value[i])) !== rankOfType(typeOf(value[i - 1]))) {
      throw new StoreError(40193, "All values in the the 'boundaries' option to $bucket must have the same type.");
    }
    if (compareBson(value[i - 1], value[i]) >= 0) {
      throw new StoreError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order.");
    }
  }
  return value;
}

function assertOutside(fallback: unknown, boundaries: unknown[]): void {
  if (compareBson(fallback, boundaries[0]) >= 0 && compareBson(fallback, boundaries.at(-1)) < 0) {
    throw new StoreError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
}
