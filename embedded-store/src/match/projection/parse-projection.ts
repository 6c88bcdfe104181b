import type { ExpressionContext } from '../../aggregate/expression/context.ts';
import { parseFieldPath } from '../../aggregate/expression/field-path.ts';
import { isTruthy } from '../../aggregate/expression/truth.ts';
import { isNumber, toSafeInteger } from '../../bson/number.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../../bson/value.ts';
import { emptyNode, insertLeaf, type ProjectionLeaf, type ProjectionNode } from './projection-tree.ts';

/** `find` knows `$slice`, `$elemMatch` and `path.$`; in a pipeline `$slice` is an expression. */
export type ProjectionDialect = 'find' | 'aggregate';

export interface ParsedProjection {
  tree: ProjectionNode;
  isInclusion: boolean;
  isPositional: boolean;
}

export interface ProjectionParser {
  dialect: ProjectionDialect;
  context: ExpressionContext;
  compileElemMatch: (condition: AnyDocument) => (raw: Uint8Array, start: number) => number;
}

interface Draft extends ProjectionParser {
  tree: ProjectionNode;
  mode: 'inclusion' | 'exclusion' | undefined;
  hasId: boolean;
  idLeaf: 'include' | 'exclude' | 'other' | undefined;
  isPositional: boolean;
}

/** Reads a projection; whether it includes or excludes is decided by its first field that is not _id. */
export function parseProjection(spec: AnyDocument, parser: ProjectionParser): ParsedProjection {
  const draft: Draft = {
    ...parser,
    tree: emptyNode(),
    mode: undefined,
    hasId: false,
    idLeaf: undefined,
    isPositional: false,
  };
  for (const [path, value] of entriesOf(spec)) readField(draft, [], path, value);
  const isInclusion = draft.mode ? draft.mode === 'inclusion' : draft.idLeaf === 'include' || draft.idLeaf === 'other';
  settleId(draft, isInclusion);
  return { tree: draft.tree, isInclusion, isPositional: draft.isPositional };
}

// _id goes along with an inclusion unless it is excluded; in an exclusion `_id: 1` says nothing new.
function settleId(draft: Draft, isInclusion: boolean): void {
  if (isInclusion && !draft.hasId) insertLeaf(draft.tree, ['_id'], { kind: 'include' });
}

function setMode(draft: Draft, mode: 'inclusion' | 'exclusion', path: string): void {
  if (draft.mode && draft.mode !== mode) {
    if (mode === 'inclusion')
      throw new StoreError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    throw new StoreError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  draft.mode = mode;
}

function readField(draft: Draft, prefix: readonly string[], key: string, value: unknown): void {
  if (draft.dialect === 'find' && (key === '$' || key.endsWith('.$'))) return readPositional(draft, prefix, key, value);
  if (key.startsWith('$') && prefix.length === 0) {
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  const parts = [...prefix, ...parseFieldPath(key)];
  const path = parts.join('.');
  if (isNumber(value) || typeof value === 'boolean') return readFlag(draft, parts, isTruthy(value));
  if (isDocument(value)) {
    const entries = [...entriesOf(value)];
    const [first] = entries;
    if (!first) throw new StoreError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    if (!first[0].startsWith('$')) {
      for (const [name, child] of entries) readField(draft, parts, name, child);
      return;
    }
    if (draft.dialect === 'find' && readFindOperator(draft, parts, first[0], first[1])) return;
  }
  if (draft.mode === 'exclusion' && path !== '_id') {
    throw new StoreError(31252, `Cannot use an expression for an exclusion projection (field ${path})`);
  }
  insert(draft, parts, { kind: 'compute', evaluate: draft.context.compile(value) });
  if (path !== '_id') setMode(draft, 'inclusion', path);
}

function insert(draft: Draft, parts: readonly string[], leaf: ProjectionLeaf): void {
  if (parts[0] === '_id') {
    draft.hasId = true;
    if (parts.length === 1) draft.idLeaf = leaf.kind === 'include' || leaf.kind === 'exclude' ? leaf.kind : 'other';
  }
  insertLeaf(draft.tree, parts, leaf);
}

function readFlag(draft: Draft, parts: readonly string[], isIncluded: boolean): void {
  insert(draft, parts, { kind: isIncluded ? 'include' : 'exclude' });
  const path = parts.join('.');
  if (path !== '_id') setMode(draft, isIncluded ? 'inclusion' : 'exclusion', path);
}

function readPositional(draft: Draft, prefix: readonly string[], key: string, value: unknown): void {
  const parts = [...prefix, ...parseFieldPath(key.slice(0, -2))];
  if (!isTruthy(value)) throw new StoreError(31395, 'positional projection cannot be used with exclusion');
  if (draft.isPositional) throw new StoreError(31276, 'Cannot specify more than one positional projection per query.');
  draft.isPositional = true;
  insert(draft, parts, { kind: 'positional' });
  setMode(draft, 'inclusion', parts.join('.'));
}

function readFindOperator(draft: Draft, parts: readonly string[], name: string, argument: unknown): boolean {
  const path = parts.join('.');
  if (name === '$slice') {
    const slice = readSlice(argument);
    if (!slice) return false;
    insert(draft, parts, slice);
    return true;
  }
  if (name === '$elemMatch') {
    if (!isDocument(argument))
      throw new StoreError(31274, `elemMatch: Invalid argument, object required, but got a value at ${path}`);
    if (parts.length > 1) throw new StoreError(31275, 'Cannot use $elemMatch projection on a nested field.');
    insert(draft, parts, { kind: 'elem-match', find: draft.compileElemMatch(argument) });
    setMode(draft, 'inclusion', path);
    return true;
  }
  if (name === '$meta') throw refuse(17308, 'The projection $meta');
  return false;
}

// [array expression, n] is the expression of the same name.
function readSlice(argument: unknown): ProjectionLeaf | undefined {
  if (!Array.isArray(argument)) {
    const count = toSafeInteger(argument);
    if (count === undefined)
      throw new StoreError(28667, 'Invalid $slice syntax. The given syntax does not match the find() syntax');
    return count < 0 ? { kind: 'slice', skip: count, limit: -count } : { kind: 'slice', skip: 0, limit: count };
  }
  if (argument.length === 2 && isNumber(argument[0])) {
    const [skip, limit] = argument.map(toSafeInteger);
    if (skip === undefined || limit === undefined) throw new StoreError(28667, 'Invalid $slice syntax: use integers');
    if (limit <= 0) throw new StoreError(28724, `$slice limit must be positive, got ${limit}`);
    return { kind: 'slice', skip, limit };
  }
  return undefined;
}
