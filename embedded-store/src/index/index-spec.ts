import type { Document } from 'bson';
import { type AnyDocument, entriesOf, isDocument, refuse, StoreError, typeOf, Type } from '../bson/index.ts';
import type { IndexDefinition } from '../catalog/collection.ts';
import { checkFields, checkCollation } from '../commands/check-fields.ts';
import { compileFilter } from '../match/index.ts';
import { readPartialFilter } from '../plan/implies.ts';

export type NewIndex = Omit<IndexDefinition, 'id'>;

const maxFields = 32;
const maxExpirySeconds = 2_147_483_647;

/** Reads and checks one element of createIndexes; throws CannotCreateIndex (67) and its kin. */
export function readIndexSpec(spec: unknown): NewIndex {
  if (!isDocument(spec)) throw new StoreError(14, "The elements of the 'indexes' array must be objects");
  const given = Object.fromEntries(entriesOf(spec)) as Document;
  checkFields('createIndexes.indexes', Object.keys(given));
  checkCollation(given['collation']);
  const fields = readFields(given['key']);
  const name = given['name'];
  if (name === undefined) throw new StoreError(9, "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string' || name === '') throw new StoreError(67, 'The index name must be a non-empty string');
  const partialFilter = readPartial(given['partialFilterExpression']);
  const isSparse = isTrue(given['sparse']);
  if (partialFilter && isSparse) {
    throw new StoreError(67, 'Cannot mix "partialFilterExpression" and "sparse" options');
  }
  const seconds = given['expireAfterSeconds'];
  return {
    name,
    fields,
    isUnique: isTrue(given['unique']),
    isSparse,
    isHidden: isTrue(given['hidden']),
    ...(partialFilter && { partialFilter }),
    ...(seconds !== undefined && { expireAfterSeconds: checkExpiry(seconds, fields.length) }),
    isMultikey: false,
    hasCutKeys: false,
  };
}

function readFields(key: unknown): [string, 1 | -1][] {
  const entries = isDocument(key) ? [...entriesOf(key as AnyDocument)] : [];
  if (entries.length === 0) throw new StoreError(67, 'Index keys cannot be empty.');
  if (entries.length > maxFields) throw new StoreError(67, `Index key has more than ${maxFields} fields`);
  return entries.map(([path, direction]) => [checkPath(path), readDirection(path, direction)]);
}

function checkPath(path: string): string {
  const parts = path.split('.');
  if (path.startsWith('$') || path.includes('$**')) throw refuse(67, `An index on '${path}'`);
  if (parts.some((part) => part === '' || part.startsWith('$'))) {
    throw new StoreError(67, `Index key contains an illegal field name: '${path}'`);
  }
  return path;
}

function readDirection(path: string, direction: unknown): 1 | -1 {
  if (typeof direction === 'string') throw refuse(67, `A ${direction} index (field '${path}')`);
  const number = Number(String(direction));
  if (!Number.isFinite(number) || number === 0) {
    throw new StoreError(
      67,
      `Values in v:2 index key pattern cannot be of type ${typeof direction}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  }
  return number > 0 ? 1 : -1;
}

function readPartial(filter: unknown): Document | undefined {
  if (filter === undefined) return undefined;
  if (!isDocument(filter)) throw new StoreError(67, "'partialFilterExpression' must be a document");
  compileFilter(filter);
  if (!readPartialFilter(filter as Document)) {
    throw new StoreError(
      67,
      'Expression not supported in partial index: only equality, $exists: true, $gt, $gte, $lt, $lte, $type, $in and $and are.',
    );
  }
  return filter as Document;
}

/** The life span of a TTL index in seconds; only a single-field index can have one. */
export function checkExpiry(seconds: unknown, fieldCount: number): number {
  const type = typeOf(seconds);
  if (type !== Type.int32 && type !== Type.double && type !== Type.int64) {
    throw new StoreError(67, "TTL index 'expireAfterSeconds' option must be numeric");
  }
  const number = Number(String(seconds));
  if (!(number >= 0 && number <= maxExpirySeconds)) {
    throw new StoreError(67, `TTL index 'expireAfterSeconds' must be between 0 and ${maxExpirySeconds}`);
  }
  if (fieldCount > 1)
    throw new StoreError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  return number;
}

function isTrue(value: unknown): boolean {
  return value === true || (value !== undefined && value !== false && Number(String(value)) > 0);
}
