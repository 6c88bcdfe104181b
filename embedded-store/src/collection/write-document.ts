import { ObjectId } from 'bson';
import { keyOfId, type Raw, RawDocument, readField, StoreError, Type } from '../bson/index.ts';
import { decodeValue } from '../bson/decode.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type Collection, idIndexName, type IndexDefinition, namespaceOf } from '../catalog/collection.ts';
import { duplicateKeyError } from '../index/duplicate-key.ts';
import { cutId, documentKey } from '../index/entry-key.ts';
import { mayChange, pathsReadBy } from '../index/fields-read.ts';
import { entriesOf, type IndexEntry } from '../index/index-entries.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import { maxDocumentBytes, maxInternalDocumentBytes } from '../wire/limits.ts';

/** What writing needs; every function here runs inside a write transaction and checks all before it puts anything. */
export interface WriteScope {
  store: OrderedStore;
  catalog: Catalog;
}

/** Adds a document; returns it as stored, with `_id` first (an ObjectId is made when there is none). */
export function insertDocument({ store, catalog }: WriteScope, collection: Collection, given: Raw): Raw {
  if (given.length > maxDocumentBytes) throw tooLarge(given.length, maxDocumentBytes);
  const raw = withIdFirst(given);
  const id = idOf(collection, raw);
  const key = documentKey(collection.id, id);
  if (store.has('documents', key)) throw duplicateId(collection, raw);
  const flags = flagsOf(collection);
  const additions: IndexEntry[] = [];
  for (const index of collection.indexes) {
    const entries = entriesOf(index, raw, id);
    if (index.isUnique) checkUnique(store, collection, index, entries);
    additions.push(...entries);
  }
  store.put('documents', key, raw);
  for (const entry of additions) store.put('entries', entry.key, id);
  collection.count += 1;
  collection.bytes += raw.length;
  catalog.touch(collection);
  if (flagsOf(collection) !== flags) catalog.save(collection);
  return raw;
}

/** Puts `next` in the place of `before`; only indexes that read `touched` paths are looked at. */
export function replaceDocument(
  { store, catalog }: WriteScope,
  collection: Collection,
  before: Raw,
  next: Raw,
  touched: ReadonlySet<string> | 'all',
): void {
  if (next.length > maxInternalDocumentBytes) throw tooLarge(next.length, maxInternalDocumentBytes);
  if (next.length > maxDocumentBytes)
    throw new StoreError(17419, `Resulting document after update is larger than ${maxDocumentBytes}`);
  const id = idOf(collection, before);
  if (touched === 'all' || mayChange(touched, '_id')) checkSameId(before, next);
  const flags = flagsOf(collection);
  const additions: IndexEntry[] = [];
  const removals: IndexEntry[] = [];
  for (const index of collection.indexes) {
    if (!isTouched(index, touched)) continue;
    const old = entriesOf(index, before, id);
    const now = entriesOf(index, next, id);
    const added = now.filter((entry) => !old.some((kept) => kept.key.equals(entry.key)));
    if (index.isUnique) checkUnique(store, collection, index, added);
    additions.push(...added);
    removals.push(...old.filter((entry) => !now.some((kept) => kept.key.equals(entry.key))));
  }
  store.put('documents', documentKey(collection.id, id), next);
  for (const entry of removals) store.remove('entries', entry.key);
  for (const entry of additions) store.put('entries', entry.key, id);
  collection.bytes += next.length - before.length;
  catalog.touch(collection);
  if (flagsOf(collection) !== flags) catalog.save(collection);
}

export function removeDocument({ store, catalog }: WriteScope, collection: Collection, raw: Raw): void {
  const id = idOf(collection, raw);
  store.remove('documents', documentKey(collection.id, id));
  for (const index of collection.indexes) {
    for (const entry of entriesOf(index, raw, id)) store.remove('entries', entry.key);
  }
  collection.count -= 1;
  collection.bytes -= raw.length;
  catalog.touch(collection);
}

/** A document's identity as used in keys; notes on the collection when it had to be cut. */
export function idOf(collection: Collection, raw: Raw): Uint8Array {
  const idKey = keyOfId(raw);
  const id = cutId(idKey);
  if (id !== idKey) collection.hasCutIds = true;
  return id;
}

function isTouched(index: IndexDefinition, touched: ReadonlySet<string> | 'all'): boolean {
  if (touched === 'all') return true;
  const read = pathsReadBy(index);
  return read === 'all' || read.some((path) => mayChange(touched, path));
}

function checkUnique(
  store: OrderedStore,
  collection: Collection,
  index: IndexDefinition,
  entries: readonly IndexEntry[],
): void {
  for (const { key, values } of entries) {
    if (store.has('entries', key)) {
      throw duplicateKeyError(namespaceOf(collection), index.name, index.fields, values);
    }
  }
}

function duplicateId(collection: Collection, raw: Raw): StoreError {
  const field = readField(raw, '_id');
  const value = field && decodeValue(raw, field.type, field.start);
  return duplicateKeyError(namespaceOf(collection), idIndexName, [['_id', 1]], [value]);
}

/** Flags that only ever go up, as a number to notice a change by. */
function flagsOf(collection: Collection): number {
  let flags = collection.hasCutIds ? 1 : 0;
  for (const index of collection.indexes) flags += (index.isMultikey ? 2 : 0) + (index.hasCutKeys ? 2048 : 0);
  return flags;
}

function withIdFirst(raw: Raw): Raw {
  const id = readField(raw, '_id');
  if (!id) {
    const element = Buffer.alloc(17);
    element[0] = Type.objectId;
    element.write('_id', 1, 'latin1');
    element.set(new ObjectId().id, 5);
    return rebuild(element, [raw.subarray(4)]);
  }
  checkIdType(id.type);
  if (id.type === Type.object) checkIdNames(raw, id.start);
  const elementStart = id.start - 5;
  if (elementStart === 4) return raw;
  return rebuild(raw.subarray(elementStart, id.end), [raw.subarray(4, elementStart), raw.subarray(id.end)]);
}

function rebuild(first: Uint8Array, rest: Uint8Array[]): Buffer {
  const length = 4 + first.length + rest.reduce((sum, part) => sum + part.length, 0);
  const header = Buffer.alloc(4);
  header.writeInt32LE(length, 0);
  return Buffer.concat([header, first, ...rest], length);
}

function checkIdType(type: number): void {
  if (type === Type.array) throw new StoreError(2, "The '_id' value cannot be of type array");
  if (type === Type.regex) throw new StoreError(2, "The '_id' value cannot be of type regex");
  if (type === Type.undefined) throw new StoreError(2, "The '_id' value cannot be of type undefined");
}

/** Inside an `_id` a name with a dollar could be taken for an operator; elsewhere MongoDB has allowed them since 5.0. */
function checkIdNames(raw: Raw, start: number): void {
  for (const [name] of new RawDocument(raw, start).entries()) {
    if (name.startsWith('$')) {
      throw new StoreError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    }
  }
}

function checkSameId(before: Raw, next: Raw): void {
  if (Buffer.compare(keyOfId(before), keyOfId(next)) === 0) return;
  throw new StoreError(
    66,
    "Performing an update on the path '_id' would modify the immutable field '_id'. Remove the document and insert a new one.",
  );
}

function tooLarge(size: number, limit: number): StoreError {
  return new StoreError(
    10334,
    `BSONObj size: ${size} (0x${size.toString(16).toUpperCase()}) is invalid. Size must be between 0 and ${limit}(16MB)`,
  );
}
