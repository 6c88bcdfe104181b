import { createHash } from 'node:crypto';
import { uint32Key } from '../storage/key-bytes.ts';

/**
 * LMDB takes keys of at most 1,978 bytes. An index entry's key is index id (4) + values + document id, so each part
 * gets a share; a longer one keeps its beginning and ends in a hash of the whole. Equal values still give equal keys,
 * but order among cut keys is lost: the index is then marked `hasCutKeys` and no sort or count relies on it.
 */
export const maxIdBytes = 480;
export const maxValueBytes = 1400;
const hashBytes = 32;
/** Bounds are cut here, below every cut key's own beginning, so that a range never misses one. */
export const boundBytes = maxValueBytes - hashBytes;

function cutKey(key: Uint8Array, limit: number): Uint8Array {
  if (key.length <= limit) return key;
  const hash = createHash('sha256').update(key).digest();
  return Buffer.concat([key.subarray(0, limit - hashBytes), hash]);
}

/** A document's identity inside its collection: the KeyString of its `_id`, cut when too long. */
export function cutId(idKey: Uint8Array): Uint8Array {
  return cutKey(idKey, maxIdBytes);
}

export function cutValues(values: Uint8Array): Uint8Array {
  return cutKey(values, maxValueBytes);
}

/** Where a document lies in the `documents` space. */
export function documentKey(collectionId: number, id: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(4 + id.length);
  key.writeUInt32BE(collectionId, 0);
  key.set(id, 4);
  return key;
}

/** Where an index entry lies in the `entries` space; a unique index has no document id in its keys. */
export function entryKey(indexId: number, values: Uint8Array, id: Uint8Array | undefined): Buffer {
  const key = Buffer.allocUnsafe(4 + values.length + (id?.length ?? 0));
  key.writeUInt32BE(indexId, 0);
  key.set(values, 4);
  if (id) key.set(id, 4 + values.length);
  return key;
}

/** The first keys of everything that belongs to an index or collection, and of what comes after it. */
export function prefixRange(id: number): { from: Buffer; to: Buffer } {
  return { from: uint32Key(id), to: uint32Key(id + 1) };
}
