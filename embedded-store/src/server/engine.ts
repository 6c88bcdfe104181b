import { type Catalog, openCatalog } from '../catalog/catalog.ts';
import { type Collection, namespaceOf } from '../catalog/collection.ts';
import { StoreError } from '../bson/index.ts';
import { type CursorRegistry, createCursorRegistry } from '../cursor/cursor-registry.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** What every command works on. */
export interface Engine {
  store: OrderedStore;
  catalog: Catalog;
  writes: WriteQueue;
  cursors: CursorRegistry;
  startedAt: Date;
  /** Commands answered since the start, by name, as MongoDB shows them under `metrics.commands`. */
  commandCounts: Map<string, number>;
}

export function createEngine(store: OrderedStore): Engine {
  const catalog = openCatalog(store);
  return {
    store,
    catalog,
    writes: createWriteQueue(store, catalog),
    cursors: createCursorRegistry(),
    startedAt: new Date(),
    commandCounts: new Map(),
  };
}

/** The collection, made on the spot when missing; only inside a write transaction. */
export function ensureCollection({ catalog }: Engine, db: string, name: string): Collection {
  return catalog.find(db, name) ?? catalog.create(checkDatabaseName(db), checkCollectionName(db, name), {});
}

export function requireCollection({ catalog }: Engine, db: string, name: string): Collection {
  const collection = catalog.find(db, name);
  if (!collection) throw new StoreError(26, `ns not found: ${namespaceOf({ db, name })}`);
  return collection;
}

function checkDatabaseName(db: string): string {
  if (db.length === 0 || db.length > 63 || /[\0/\\. "$]/.test(db)) {
    throw new StoreError(73, `Invalid database name: '${db}'`);
  }
  return db;
}

export function checkCollectionName(db: string, name: string): string {
  const isInvalid =
    name.length === 0 ||
    name.startsWith('.') ||
    name.includes('\0') ||
    name.includes('$') ||
    name.startsWith('system.');
  if (isInvalid || db.length + name.length + 1 > 255) {
    throw new StoreError(73, `Invalid collection name: '${namespaceOf({ db, name })}'`);
  }
  return name;
}
