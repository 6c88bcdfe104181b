import { randomUUID } from 'node:crypto';
import { deserialize, type Document, serialize } from 'bson';
import { afterPrefix, uint32Key } from '../storage/key-bytes.ts';
import type { OrderedStore, Space } from '../storage/ordered-store.ts';
import { type Collection, type IndexDefinition, namespaceOf } from './collection.ts';

/** A key prefix whose entries belong to nothing any more and wait to be removed. */
export interface Leftover {
  space: Space;
  prefix: number;
}

/**
 * All collections and their indexes, in memory and in the `meta` space.
 * Every changing method is for the inside of a write transaction; after an aborted one call `reload`.
 */
export interface Catalog {
  find(db: string, name: string): Collection | undefined;
  byId(id: number): Collection | undefined;
  listDatabases(): string[];
  listCollections(db: string): Collection[];
  create(db: string, name: string, options: Document): Collection;
  drop(collection: Collection): void;
  rename(collection: Collection, db: string, name: string): void;
  addIndex(collection: Collection, index: Omit<IndexDefinition, 'id'>): IndexDefinition;
  removeIndex(collection: Collection, index: IndexDefinition): void;
  /** Stores a changed definition (multikey flag, TTL, options). */
  save(collection: Collection): void;
  /** Notes that `count` or `bytes` changed; stored once per transaction by `saveCounters`. */
  touch(collection: Collection): void;
  saveCounters(): void;
  leftovers(): Leftover[];
  forgetLeftover(leftover: Leftover): void;
  /** Grows with every change of a definition, so that cached plans and open cursors notice. */
  reload(): void;
}

const definitionPrefix = Buffer.from('collection/');
const counterPrefix = Buffer.from('counters/');
const leftoverPrefix = Buffer.from('leftover/');
const nextIdKey = Buffer.from('next-id');

const keyOf = (prefix: Buffer, id: number): Buffer => Buffer.concat([prefix, uint32Key(id)]);

export function openCatalog(store: OrderedStore): Catalog {
  const byNamespace = new Map<string, Collection>();
  const byId = new Map<number, Collection>();
  const touched = new Set<Collection>();
  let nextId = 1;

  function reload(): void {
    const known = new Map(byId);
    byNamespace.clear();
    byId.clear();
    touched.clear();
    nextId = store.get('meta', nextIdKey)?.readUInt32BE(0) ?? 1;
    store.scan('meta', { from: definitionPrefix, to: afterPrefix(definitionPrefix) }, (key, value) => {
      const id = key.readUInt32BE(definitionPrefix.length);
      const read = readDefinition(id, Buffer.from(value));
      const collection = Object.assign(known.get(id) ?? read, read);
      byId.set(id, collection);
      byNamespace.set(namespaceOf(collection), collection);
      return true;
    });
    for (const collection of byId.values()) {
      const counters = store.get('meta', keyOf(counterPrefix, collection.id));
      collection.count = counters?.readDoubleBE(0) ?? 0;
      collection.bytes = counters?.readDoubleBE(8) ?? 0;
    }
  }

  function takeId(): number {
    const id = nextId++;
    store.put('meta', nextIdKey, uint32Key(nextId));
    return id;
  }

  function save(collection: Collection): void {
    const { id: _id, count: _count, bytes: _bytes, ...definition } = collection;
    store.put('meta', keyOf(definitionPrefix, collection.id), serialize(definition, { ignoreUndefined: true }));
  }

  function leave(space: Space, prefix: number): void {
    store.put('meta', keyOf(leftoverPrefix, prefix), Buffer.from(space));
  }

  reload();
  return {
    find: (db, name) => byNamespace.get(`${db}.${name}`),
    byId: (id) => byId.get(id),
    listDatabases: () => [...new Set([...byId.values()].map((collection) => collection.db))].sort(),
    listCollections: (db) =>
      [...byId.values()].filter((collection) => collection.db === db).sort((a, b) => (a.name < b.name ? -1 : 1)),
    create: (db, name, options) => {
      const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      const collection: Collection = {
        id: takeId(),
        db,
        name,
        uuid,
        options,
        indexes: [],
        hasCutIds: false,
        count: 0,
        bytes: 0,
      };
      byId.set(collection.id, collection);
      byNamespace.set(namespaceOf(collection), collection);
      save(collection);
      return collection;
    },
    drop: (collection) => {
      byId.delete(collection.id);
      byNamespace.delete(namespaceOf(collection));
      touched.delete(collection);
      store.remove('meta', keyOf(definitionPrefix, collection.id));
      store.remove('meta', keyOf(counterPrefix, collection.id));
      leave('documents', collection.id);
      for (const index of collection.indexes) leave('entries', index.id);
    },
    rename: (collection, db, name) => {
      byNamespace.delete(namespaceOf(collection));
      collection.db = db;
      collection.name = name;
      byNamespace.set(namespaceOf(collection), collection);
      save(collection);
    },
    addIndex: (collection, index) => {
      const definition: IndexDefinition = { ...index, id: takeId() };
      collection.indexes = [...collection.indexes, definition];
      save(collection);
      return definition;
    },
    removeIndex: (collection, index) => {
      collection.indexes = collection.indexes.filter((kept) => kept !== index);
      save(collection);
      leave('entries', index.id);
    },
    save,
    touch: (collection) => touched.add(collection),
    saveCounters: () => {
      for (const collection of touched) {
        const counters = Buffer.allocUnsafe(16);
        counters.writeDoubleBE(collection.count, 0);
        counters.writeDoubleBE(collection.bytes, 8);
        store.put('meta', keyOf(counterPrefix, collection.id), counters);
      }
      touched.clear();
    },
    leftovers: () => {
      const found: Leftover[] = [];
      store.scan('meta', { from: leftoverPrefix, to: afterPrefix(leftoverPrefix) }, (key, value) => {
        found.push({ space: value.toString() as Space, prefix: key.readUInt32BE(leftoverPrefix.length) });
        return true;
      });
      return found;
    },
    forgetLeftover: ({ prefix }) => store.remove('meta', keyOf(leftoverPrefix, prefix)),
    reload,
  };
}

function readDefinition(id: number, value: Buffer): Collection {
  const stored = deserialize(value, { promoteBuffers: true });
  return { ...(stored as Omit<Collection, 'id' | 'count' | 'bytes'>), id, count: 0, bytes: 0 };
}
