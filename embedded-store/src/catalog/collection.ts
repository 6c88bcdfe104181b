import type { Document } from 'bson';

/** One index as the catalogue keeps it. `_id_` is not among them: documents are clustered by `_id`. */
export interface IndexDefinition {
  id: number;
  name: string;
  fields: [path: string, direction: 1 | -1][];
  isUnique: boolean;
  isSparse: boolean;
  isHidden: boolean;
  partialFilter?: Document;
  expireAfterSeconds?: number;
  /** Some document had more than one key, so bounds on one field cannot be intersected. Never goes back. */
  isMultikey: boolean;
  /** Some key was cut at LMDB's limit, so key order is no longer value order. Never goes back. */
  hasCutKeys: boolean;
}

/** A collection's identity and definition; `count` and `bytes` follow every write of the running transaction. */
export interface Collection {
  id: number;
  db: string;
  name: string;
  uuid: Uint8Array;
  options: Document;
  indexes: IndexDefinition[];
  /** Some `_id` was cut at LMDB's limit, so document order is no longer `_id` order. Never goes back. */
  hasCutIds: boolean;
  count: number;
  bytes: number;
}

export const idIndexName = '_id_';

export function namespaceOf(collection: { db: string; name: string }): string {
  return `${collection.db}.${collection.name}`;
}
