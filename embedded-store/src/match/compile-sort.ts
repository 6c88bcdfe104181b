import { decodeValue } from '../bson/decode.ts';
import { encodeName, findElement, type Raw, Type } from '../bson/element.ts';
import { type IndexFields, indexKeys } from '../bson/index-keys.ts';
import { encodeKey } from '../bson/key.ts';
import { isNumber, toDouble } from '../bson/number.ts';
import { refuse, StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../bson/value.ts';

export interface Sort {
  fields: [path: string, direction: 1 | -1][];
  compare(a: Raw, b: Raw): number;
  /** A byte string per document whose memcmp order is the sort's order: cheaper than `compare` for many documents. */
  key(raw: Raw): Buffer;
}

/** Reads a sort specification. Of an array the least element counts, or the greatest if descending. */
export function compileSort(spec: AnyDocument): Sort {
  const fields = [...entriesOf(spec)].map(([path, direction]): [string, 1 | -1] => [
    assertPath(path),
    directionOf(path, direction),
  ]);
  if (fields.length > 32) throw new StoreError(13103, 'too many compound keys');
  const readers = fields.map(([path]) => plainReader(path.split('.').map(encodeName)));
  const directions = fields.map(([, direction]) => direction);
  const key = (raw: Raw): Buffer => {
    const values: unknown[] = [];
    for (let i = 0; i < readers.length; i++) {
      const value = readers[i]!(raw);
      if (value === MEETS_ARRAY) return firstArrayKey(raw, fields, directions);
      values.push(value);
    }
    return encodeKey(values, directions);
  };
  return { fields, key, compare: (a, b) => Buffer.compare(key(a), key(b)) };
}

function assertPath(path: string): string {
  if (path === '') throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.startsWith('$')) throw new StoreError(16410, `FieldPath field names may not start with '$': ${path}`);
  if (path.endsWith('.')) throw new StoreError(40353, "FieldPath must not end with a '.'.");
  if (path.split('.').includes('')) throw new StoreError(15998, 'FieldPath field names may not be empty strings.');
  return path;
}

function directionOf(path: string, value: unknown): 1 | -1 {
  if (isNumber(value)) {
    const direction = toDouble(value);
    if (direction === 1 || direction === -1) return direction;
    throw new StoreError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  if (isDocument(value)) throw refuse(17312, `Sorting by an expression such as {$meta: ...} (field '${path}')`);
  throw new StoreError(15974, `Illegal key in $sort specification: ${path}`);
}

const MEETS_ARRAY = Symbol('meets an array');

/** The value at a path through documents alone; missing is null. */
function plainReader(names: readonly Uint8Array[]): (raw: Raw) => unknown {
  return (raw) => {
    let position = 0;
    for (let i = 0; i < names.length; i++) {
      const at = findElement(raw, position, names[i]!);
      if (at < 0) return null;
      const type = raw[at]!;
      if (type === Type.array) return MEETS_ARRAY;
      position = at + 1 + names[i]!.length;
      if (i === names.length - 1) return decodeValue(raw, type, position) ?? null;
      if (type !== Type.object) return null;
    }
    return null;
  };
}

// A document with arrays sorts by the first of the entries that an index over the same fields would have for it.
function firstArrayKey(raw: Raw, fields: IndexFields, directions: (1 | -1)[]): Buffer {
  const { keys } = arrayKeys(raw, fields);
  const [first, ...rest] = keys.map((values) => encodeKey(values, directions));
  return rest.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least), first!);
}

function arrayKeys(raw: Raw, fields: IndexFields): ReturnType<typeof indexKeys> {
  try {
    return indexKeys(raw, { fields });
  } catch (error) {
    if (error instanceof StoreError && error.code === 171) {
      throw new StoreError(2, 'cannot sort with keys that are parallel arrays');
    }
    throw error;
  }
}
