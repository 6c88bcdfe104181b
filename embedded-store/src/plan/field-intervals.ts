import { compareBson, typeOf, Type } from '../bson/index.ts';
import { BSONRegExp } from 'bson';
import type { FilterDescription } from '../match/index.ts';
import { comparedWith, everything, type Interval, intersect, pointAt, stringsBeginningWith } from './interval.ts';

export type Predicate = FilterDescription['and'][number];

/** What the predicates on one path say about its values: the union of `intervals`, sorted and apart. */
export interface FieldIntervals {
  intervals: Interval[];
  /** No predicate on the path had to be left to the matcher. */
  isExact: boolean;
}

/**
 * Intersects all predicates on one path. With `isMultikey` only one of them counts, since different elements of an
 * array may satisfy different predicates; the matcher checks the rest. Undefined when nothing bounds the path.
 */
export function intervalsOf(predicates: readonly Predicate[], isMultikey: boolean): FieldIntervals | undefined {
  const found: { intervals: Interval[]; isExact: boolean }[] = [];
  let isExact = true;
  for (const predicate of predicates) {
    const read = readPredicate(predicate);
    if (read) found.push(read);
    if (!read?.isExact) isExact = false;
  }
  if (found.length === 0) return undefined;
  if (isMultikey) {
    found.sort((a, b) => Number(arePoints(b.intervals)) - Number(arePoints(a.intervals)));
    return { intervals: (found[0] as FieldIntervals).intervals, isExact: false };
  }
  let intervals: Interval[] = [everything];
  for (const next of found) {
    intervals = intervals.flatMap((a) => next.intervals.flatMap((b) => intersect(a, b) ?? []));
  }
  return { intervals, isExact };
}

export function arePoints(intervals: readonly Interval[]): boolean {
  return intervals.every((interval) => interval.isPoint);
}

function readPredicate({ op, value, regex }: Predicate): FieldIntervals | undefined {
  switch (op) {
    case '$eq':
      return readEquality(value);
    case '$in':
      return readIn(value as unknown[]);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const interval = comparedWith(op, value);
      return interval && { intervals: [interval], isExact: value !== null };
    }
    case '$regex-prefix':
      return {
        intervals: [
          stringsBeginningWith(String(value)),
          ...(regex ? [pointAt(new BSONRegExp(regex.pattern, regex.flags))] : []),
        ],
        isExact: false,
      };
    default:
      return undefined;
  }
}

function readEquality(value: unknown): FieldIntervals | undefined {
  const type = typeOf(value);
  // An array equals a whole array or an element that is one: two places in an index, so the matcher decides alone.
  if (type === Type.array || type === Type.regex || value === undefined) return undefined;
  return { intervals: [pointAt(value)], isExact: value !== null };
}

function readIn(values: readonly unknown[]): FieldIntervals | undefined {
  const intervals: Interval[] = [];
  let isExact = true;
  for (const value of sortedWithoutDuplicates(values)) {
    const equality = readEquality(value);
    if (!equality) return undefined;
    intervals.push(...equality.intervals);
    if (!equality.isExact) isExact = false;
  }
  return { intervals, isExact };
}

function sortedWithoutDuplicates(values: readonly unknown[]): unknown[] {
  const sorted = [...values].sort(compareBson);
  return sorted.filter((value, i) => i === 0 || compareBson(value, sorted[i - 1]) !== 0);
}
