import { StoreError } from '../bson/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type Collection, type IndexDefinition, namespaceOf } from '../catalog/collection.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import { duplicateKeyError } from './duplicate-key.ts';
import { prefixRange } from './entry-key.ts';
import { entriesOf } from './index-entries.ts';
import type { NewIndex } from './index-spec.ts';

/** Adds an index and fills it from the documents there; inside a write transaction. Nothing stays when it fails. */
export function buildIndex(
  { store, catalog }: { store: OrderedStore; catalog: Catalog },
  collection: Collection,
  spec: NewIndex,
): IndexDefinition {
  const index = catalog.addIndex(collection, spec);
  try {
    fill(store, collection, index);
  } catch (error) {
    catalog.removeIndex(collection, index);
    throw error;
  }
  catalog.save(collection);
  return index;
}

const pieceBytes = 8 * 1024 * 1024;

function fill(store: OrderedStore, collection: Collection, index: IndexDefinition): void {
  const { from, to } = prefixRange(collection.id);
  let next: Buffer | undefined = from;
  // In pieces, because entries must not be put while a scan of the same transaction is open.
  while (next) {
    const piece: { id: Buffer; raw: Buffer }[] = [];
    let bytes = 0;
    const start: Buffer = next;
    next = undefined;
    store.scan('documents', { from: start, to }, (key, value) => {
      if (bytes > pieceBytes) {
        next = Buffer.from(key);
        return false;
      }
      piece.push({ id: Buffer.from(key.subarray(4)), raw: Buffer.from(value) });
      bytes += value.length;
      return true;
    });
    for (const { id, raw } of piece) addEntries(store, collection, index, raw, id);
  }
}

function addEntries(
  store: OrderedStore,
  collection: Collection,
  index: IndexDefinition,
  raw: Buffer,
  id: Buffer,
): void {
  for (const { key, values } of entriesOf(index, raw, id)) {
    if (index.isUnique && store.has('entries', key)) {
      const error = duplicateKeyError(namespaceOf(collection), index.name, index.fields, values);
      throw new StoreError(11000, `Index build failed: ${namespaceOf(collection)}: ${error.message}`, error.details);
    }
    store.put('entries', key, id);
  }
}

/** Whether two definitions give the same index, whatever their names. */
export function isSameIndex(a: NewIndex, b: NewIndex): boolean {
  return isSameKey(a, b) && JSON.stringify(a.partialFilter) === JSON.stringify(b.partialFilter);
}

export function isSameKey(a: NewIndex, b: NewIndex): boolean {
  return JSON.stringify(a.fields) === JSON.stringify(b.fields);
}
