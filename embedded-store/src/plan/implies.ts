import { compareBson, entriesOf, isDocument, typeOf, Type } from '../bson/index.ts';
import type { Document } from 'bson';
import { intervalsOf, type Predicate } from './field-intervals.ts';
import { compareBounds, type Interval } from './interval.ts';

/**
 * Whether every document that satisfies the query's predicates satisfies a partial index's filter as well.
 * Answers false when in doubt: the index is then not used, which is slower and never wrong.
 */
export function impliesPartialFilter(
  predicates: ReadonlyMap<string, readonly Predicate[]>,
  partial: Document,
): boolean {
  const wanted = readPartialFilter(partial);
  return wanted?.every((predicate) => isImplied(predicates.get(predicate.path) ?? [], predicate)) ?? false;
}

const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

/**
 * The conditions of a `partialFilterExpression`, all of which must hold; undefined for anything MongoDB does not allow
 * there (only equality, `$exists: true`, comparisons, `$type`, `$in` and `$and` of those).
 */
export function readPartialFilter(filter: Document): PartialCondition[] | undefined {
  const conditions: PartialCondition[] = [];
  for (const [path, value] of entriesOf(filter)) {
    if (path === '$and') {
      for (const part of value as Document[]) {
        const inner = readPartialFilter(part);
        if (!inner) return undefined;
        conditions.push(...inner);
      }
    } else if (path.startsWith('$')) return undefined;
    else {
      const read = readConditions(path, value);
      if (!read) return undefined;
      conditions.push(...read);
    }
  }
  return conditions;
}

interface PartialCondition {
  path: string;
  op: string;
  value: unknown;
}

function readConditions(path: string, value: unknown): PartialCondition[] | undefined {
  const operators = isDocument(value) ? [...entriesOf(value)] : [];
  if (!operators[0]?.[0].startsWith('$')) return [{ path, op: '$eq', value }];
  if (!operators.every(([op, operand]) => partialOperators.has(op) && !(op === '$exists' && !operand)))
    return undefined;
  return operators.map(([op, operand]) => ({ path, op, value: operand }));
}

function isImplied(given: readonly Predicate[], wanted: PartialCondition): boolean {
  if (given.some((predicate) => predicate.op === wanted.op && isSameValue(predicate.value, wanted.value))) return true;
  if (wanted.op === '$exists') return wanted.value === true && given.some(excludesMissing);
  if (wanted.op === '$type') return false;
  const bound = intervalsOf([wanted as Predicate], false);
  const have = intervalsOf(given, true);
  if (!bound || !have) return false;
  return have.intervals.every((interval) => bound.intervals.some((outer) => isInside(interval, outer)));
}

function isInside(inner: Interval, outer: Interval): boolean {
  return compareBounds(inner.low, outer.low) >= 0 && compareBounds(inner.high, outer.high) <= 0;
}

/** A comparison with anything but null is never satisfied by a missing field. */
function excludesMissing({ op, value }: Predicate): boolean {
  if (op === '$in') return (value as unknown[]).every((item) => item !== null && typeOf(item) !== Type.regex);
  return ['$eq', '$gt', '$gte', '$lt', '$lte', '$regex-prefix'].includes(op) && value !== null;
}

function isSameValue(a: unknown, b: unknown): boolean {
  return typeOf(a) === typeOf(b) && compareBson(a, b) === 0;
}
