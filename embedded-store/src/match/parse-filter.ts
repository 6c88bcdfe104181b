import { regexParts } from '../bson/encode.ts';
import { refuse, StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument, typeOf } from '../bson/value.ts';
import { Type } from '../bson/element.ts';
import type { FilterNode } from './filter-node.ts';
import { isRegex, type OperatorArguments, pathOperators, startsWithDollar } from './path-operators.ts';

/** Operators at the top of a filter. */
export const LOGICAL_OPERATORS = ['$and', '$or', '$nor', '$expr', '$comment', '$alwaysTrue', '$alwaysFalse'] as const;

const REFUSED = new Set(['$where', '$text', '$jsonSchema', '$sampleRate', '$_internalExprEq']);

function bad(message: string): StoreError {
  return new StoreError(2, message);
}

/** Reads a filter as MongoDB does and answers its mistakes with MongoDB's codes. */
export function parseFilter(filter: AnyDocument): FilterNode {
  const children: FilterNode[] = [];
  for (const [key, value] of entriesOf(filter)) {
    if (key.startsWith('$')) {
      const node = parseLogical(key, value);
      if (node) children.push(node);
    } else {
      children.push(...parsePath(key, value));
    }
  }
  const [only] = children;
  return children.length === 1 && only ? only : { kind: 'and', children };
}

function parseLogical(key: string, value: unknown): FilterNode | undefined {
  switch (key) {
    case '$and':
    case '$or':
    case '$nor':
      return { kind: key === '$and' ? 'and' : key === '$or' ? 'or' : 'nor', children: parseBranches(key, value) };
    case '$expr':
      return { kind: 'expression', expression: value };
    case '$comment':
      return undefined;
    case '$alwaysTrue':
    case '$alwaysFalse':
      return { kind: 'constant', value: key === '$alwaysTrue' };
    default:
      if (REFUSED.has(key)) throw refuse(2, `The query operator ${key}`);
      throw bad(
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, ` +
          'consider using $getField or $setField.',
      );
  }
}

function parseBranches(key: string, value: unknown): FilterNode[] {
  if (!Array.isArray(value)) throw bad(`${key} must be an array`);
  if (value.length === 0) throw bad('$and/$or/$nor must be a nonempty array');
  return value.map((branch) => {
    if (!isDocument(branch)) throw bad('$or/$and/$nor entries need to be full objects');
    return parseFilter(branch);
  });
}

function parsePath(path: string, value: unknown): FilterNode[] {
  if (isRegex(value)) return [{ kind: 'leaf', path, leaf: { kind: 'regex', ...regexParts(value) } }];
  if (startsWithDollar(value)) return parseOperators(path, value);
  if (typeOf(value) === Type.missing) throw bad('cannot compare to undefined');
  return [{ kind: 'leaf', path, leaf: { kind: 'compare', op: '$eq', value } }];
}

/** The nodes of `{path: {$op: argument, ...}}`, all of which must hold. */
export function parseOperators(path: string, operators: AnyDocument): FilterNode[] {
  const siblings = new Map(entriesOf(operators));
  const nodes: FilterNode[] = [];
  for (const [name, argument] of siblings) {
    const parse = pathOperators[name];
    if (parse === undefined) {
      if (REFUSED_ON_PATH.has(name)) throw refuse(2, `The query operator ${name}`);
      throw bad(`unknown operator: ${name}`);
    }
    const call: OperatorArguments = { path, name, argument, siblings, parseFilter, parseOperators };
    const node = parse(call);
    if (node) nodes.push(node);
  }
  return nodes;
}

const REFUSED_ON_PATH = new Set([
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$geoNear',
  '$maxDistance',
  '$minDistance',
]);
