import { type Comparison, type EvaluationInstant, type Operand, toDateSpan } from '@sluice/shared/condition';
import type { Document } from 'mongodb';
import { escapePattern } from '../stores/escape-pattern.ts';

/** A filter of the store; `true` and `false` where no document needs to be looked at; `unknown` where the store cannot tell. */
export type Filter = Document | boolean;
export type LeafFilter = Filter | 'unknown';

// MongoDB tests the elements of a list with every operator. Here a list is a kind of its own, so each test says which it means.
const NO_LIST = { $not: { $type: 'array' } } as const;

/**
 * The store's reading of a comparison; written against `compileComparison` of `@sluice/shared/condition`, which is the
 * reference (COND-1). `path` is trusted: attribute and property names hold neither dots nor a leading dollar.
 */
export function compileComparisonFilter(path: string, is: Comparison, instant: EvaluationInstant): LeafFilter {
  const scalar = (test: Document): Document => ({ [path]: { ...test, ...NO_LIST } });
  const missing = scalar({ $eq: null });
  switch (is.operator) {
    case 'exists':
      return negate(missing);
    case 'missing':
      return missing;
    case 'isTrue':
      return scalar({ $eq: true });
    case 'isFalse':
      return scalar({ $eq: false });
    case 'equals':
      return among(path, [is.value], instant);
    case 'notEquals':
      return negate(among(path, [is.value], instant));
    case 'in':
      return Array.isArray(is.value) && among(path, is.value, instant);
    case 'notIn':
      return negate(Array.isArray(is.value) && among(path, is.value, instant));
    case 'contains':
      return contains(path, is.value);
    case 'notContains':
      return negate(contains(path, is.value));
    case 'startsWith':
      return typeof is.value === 'string' && scalar({ $regex: `^${escapePattern(is.value)}` });
    case 'endsWith':
      // Not `$`, which also matches ahead of a final line break.
      return typeof is.value === 'string' && scalar({ $regex: `${escapePattern(is.value)}\\z` });
    case 'matches':
      return 'unknown';
    case 'greaterThan':
    case 'after':
      return inOrder(path, is.value, instant, '$gt', ({ until }) => ({ $gte: until }));
    case 'atLeast':
      return inOrder(path, is.value, instant, '$gte', ({ from }) => ({ $gte: from }));
    case 'lessThan':
    case 'before':
      return inOrder(path, is.value, instant, '$lt', ({ from }) => ({ $lt: from }));
    case 'atMost':
      return inOrder(path, is.value, instant, '$lte', ({ until }) => ({ $lt: until }));
    case 'between':
      return between(path, is.value, instant);
  }
}

export function negate(filter: Filter): Filter {
  return typeof filter === 'boolean' ? !filter : { $nor: [filter] };
}

export function allOf(filters: readonly Filter[]): Filter {
  if (filters.includes(false)) return false;
  const asked = filters.filter((filter) => filter !== true);
  const [first] = asked;
  if (first === undefined) return true;
  return asked.length === 1 ? first : { $and: asked };
}

export function anyOf(filters: readonly Filter[]): Filter {
  if (filters.includes(true)) return true;
  const asked = filters.filter((filter) => filter !== false);
  const [first] = asked;
  if (first === undefined) return false;
  return asked.length === 1 ? first : { $or: asked };
}

interface Span {
  from: Date;
  until: Date;
}

function spanOf(operand: unknown, instant: EvaluationInstant): Span | undefined {
  const span = toDateSpan(operand as Operand, instant);
  return span && { from: new Date(span.from), until: new Date(span.until) };
}

function among(path: string, operands: readonly unknown[], instant: EvaluationInstant): Filter {
  const scalars = operands.filter((operand) => ['string', 'number', 'boolean'].includes(typeof operand));
  const spans = operands.flatMap((operand) => spanOf(operand, instant) ?? []);
  return anyOf([
    scalars.length > 0 && {
      [path]: { ...(scalars.length === 1 ? { $eq: scalars[0] } : { $in: scalars }), ...NO_LIST },
    },
    ...spans.map(({ from, until }) => ({ [path]: { $gte: from, $lt: until, ...NO_LIST } })),
  ]);
}

function contains(path: string, operand: unknown): Filter {
  if (typeof operand === 'string')
    return {
      $or: [{ [path]: { $regex: escapePattern(operand), ...NO_LIST } }, { [path]: { $eq: operand, $type: 'array' } }],
    };
  const isElement = typeof operand === 'number' || typeof operand === 'boolean';
  return isElement && { [path]: { $eq: operand, $type: 'array' } };
}

function inOrder(
  path: string,
  operand: unknown,
  instant: EvaluationInstant,
  operator: '$gt' | '$gte' | '$lt' | '$lte',
  dates: (span: Span) => Document,
): Filter {
  if (typeof operand === 'number') return { [path]: { [operator]: operand, ...NO_LIST } };
  const span = spanOf(operand, instant);
  return span ? { [path]: { ...dates(span), ...NO_LIST } } : false;
}

function between(path: string, operand: unknown, instant: EvaluationInstant): Filter {
  if (!Array.isArray(operand) || operand.length !== 2) return false;
  const [low, high] = operand as unknown[];
  if (typeof low === 'number' && typeof high === 'number') return { [path]: { $gte: low, $lte: high, ...NO_LIST } };
  const from = spanOf(low, instant);
  const until = spanOf(high, instant);
  return from && until ? { [path]: { $gte: from.from, $lt: until.until, ...NO_LIST } } : false;
}
