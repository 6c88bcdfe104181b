import type { Document } from 'bson';
import { compareBson, rankOfType } from '../bson/compare.ts';
import { Type } from '../bson/element.ts';
import { isNaNValue, isNumber } from '../bson/number.ts';
import { typeOf } from '../bson/value.ts';

/*
 * The query language over decoded documents, written for clarity alone: what the matcher over bytes is held against.
 * It knows the operators that the property tests make, and shares with the matcher only the order of values.
 */

const isPlainDocument = (value: unknown): value is Document => typeOf(value) === Type.object;

/** All values that a path leads to; `undefined` where it ends nowhere. `intoArrays`: elements of a final array too. */
function valuesAt(value: unknown, parts: readonly string[], intoArrays: boolean): unknown[] {
  const [part, ...rest] = parts;
  if (part === undefined) return Array.isArray(value) && intoArrays ? [...(value as unknown[]), value] : [value];
  if (isPlainDocument(value)) {
    return Object.hasOwn(value, part) ? descend(value[part], rest, intoArrays) : [undefined];
  }
  return [undefined];
}

function descend(value: unknown, rest: readonly string[], intoArrays: boolean): unknown[] {
  if (!Array.isArray(value) || rest.length === 0) return valuesAt(value, rest, intoArrays);
  const [next = '', ...after] = rest;
  return (value as unknown[]).flatMap((element, index) => {
    const found = isPlainDocument(element) ? valuesAt(element, rest, intoArrays) : [];
    if (String(index) !== next) return found;
    if (after.length === 0) return [...found, element];
    if (isPlainDocument(element)) return [...found, ...valuesAt(element, after, intoArrays)];
    return Array.isArray(element) ? [...found, ...descend(element, after, intoArrays)] : found;
  });
}

const isNaNNumber = (value: unknown): boolean => isNumber(value) && isNaNValue(value);
const isNothing = (value: unknown): boolean => value === null || value === undefined;

function compares(operator: string, value: unknown, argument: unknown): boolean {
  const allowsEqual = operator === '$eq' || operator === '$gte' || operator === '$lte';
  if (isNothing(argument)) return isNothing(value) && allowsEqual;
  const isBoundless = [Type.minKey, Type.maxKey].some((type) => type === typeOf(argument));
  if (!isBoundless && (isNaNNumber(value) || isNaNNumber(argument))) {
    return isNaNNumber(value) && isNaNNumber(argument) && allowsEqual;
  }
  if (!isBoundless && rankOfType(typeOf(value)) !== rankOfType(typeOf(argument))) return false;
  const order = compareBson(value, argument);
  if (order === 0) return allowsEqual;
  return order < 0 ? operator === '$lt' || operator === '$lte' : operator === '$gt' || operator === '$gte';
}

function passes(operator: string, argument: unknown, value: unknown): boolean {
  switch (operator) {
    case '$in':
      return (argument as unknown[]).some((item) => compares('$eq', value, item));
    case '$exists':
      return value !== undefined;
    case '$type':
      return typeOf(value) === argument;
    case '$size':
      return Array.isArray(value) && value.length === argument;
    case '$elemMatch':
      return (
        Array.isArray(value) && (value as unknown[]).some((element) => isElementMatch(argument as Document, element))
      );
    default:
      return compares(operator, value, argument);
  }
}

function isElementMatch(condition: Document, element: unknown): boolean {
  const entries = Object.entries(condition);
  if (!entries[0]?.[0].startsWith('$')) {
    // An array within the array is looked into as a document named by positions.
    const document: unknown = Array.isArray(element) ? { ...element } : element;
    return isPlainDocument(document) && matchesNaively(condition, document);
  }
  return entries.every(([operator, argument]) => passes(operator, argument, element));
}

function matchesPath(path: string, operator: string, argument: unknown, document: Document): boolean {
  switch (operator) {
    case '$ne':
      return !matchesPath(path, '$eq', argument, document);
    case '$nin':
      return !matchesPath(path, '$in', argument, document);
    case '$not':
      return !Object.entries(argument as Document).every(([name, inner]) => matchesPath(path, name, inner, document));
    case '$all': {
      const items = argument as unknown[];
      return items.length > 0 && items.every((item) => matchesPath(path, '$eq', item, document));
    }
    case '$exists':
      if (argument === false) return !matchesPath(path, '$exists', true, document);
  }
  const intoArrays = operator !== '$size' && operator !== '$elemMatch';
  return valuesAt(document, path.split('.'), intoArrays).some((value) => passes(operator, argument, value));
}

/** Whether a decoded document passes a filter. */
export function matchesNaively(filter: Document, document: Document): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return (value as Document[]).every((branch) => matchesNaively(branch, document));
    if (key === '$or') return (value as Document[]).some((branch) => matchesNaively(branch, document));
    if (key === '$nor') return !(value as Document[]).some((branch) => matchesNaively(branch, document));
    const operators = Object.entries(value as Document);
    return operators.every(([operator, argument]) => matchesPath(key, operator, argument, document));
  });
}
