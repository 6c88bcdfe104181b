import { AppError } from '@sluice/shared/errors';
import {
  type Collection,
  type CreateIndexesOptions,
  type Db,
  type Document,
  type IndexSpecification,
  MongoClient,
  MongoServerError,
} from 'mongodb';

/** One collection as its owning folder declares it; indexes are applied at start. */
export interface CollectionDeclaration<T extends Document> {
  name: string;
  indexes: readonly { key: IndexSpecification; options?: CreateIndexesOptions }[];
  /** Names of indexes that earlier versions made: they are dropped. Others, which people may have added, stay. */
  formerIndexes: readonly string[];
  /** Only carries the record's type. */
  record?: T;
}

export function declareCollection<T extends Document>(
  name: string,
  indexes: CollectionDeclaration<T>['indexes'] = [],
  formerIndexes: readonly string[] = [],
): CollectionDeclaration<T> {
  return { name, indexes, formerIndexes };
}

/** The one way to the store, embedded or MongoDB. */
export interface Database {
  readonly db: Db;
  collection<T extends Document>(declaration: CollectionDeclaration<T>): Collection<T>;
  close(): Promise<void>;
}

/**
 * Connects and proves it by a ping. Throws `store-unreachable` (operational) with the address, never the password.
 * Acknowledged writes are durable: majority on a replica set, journaled everywhere.
 */
export async function connectDatabase(
  url: string,
  options: { databaseName?: string; timeoutMs?: number } = {},
): Promise<Database> {
  const timeoutMs = options.timeoutMs ?? 5000;
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: timeoutMs,
    maxPoolSize: 20,
    writeConcern: { w: 'majority', journal: true },
    ignoreUndefined: true,
  });
  try {
    await client.connect();
    const db = client.db(options.databaseName);
    await db.command({ ping: 1 });
    return {
      db,
      collection: (declaration) => db.collection(declaration.name),
      close: () => client.close(),
    };
  } catch (cause) {
    await client.close();
    throw new AppError('store-unreachable', `No MongoDB answers at ${redactUrl(url)} within ${timeoutMs} ms`, {
      cause,
    });
  }
}

/** Applies the declared indexes and drops former ones; unchanged ones are a no-op. */
export async function applyIndexes(
  database: Database,
  declarations: readonly CollectionDeclaration<Document>[],
): Promise<void> {
  for (const declaration of declarations) {
    const collection = database.collection(declaration);
    for (const { key, options } of declaration.indexes) await collection.createIndex(key, options);
    if (declaration.formerIndexes.length === 0) continue;
    const present = new Set((await collection.indexes()).map(({ name }) => name));
    for (const name of declaration.formerIndexes) if (present.has(name)) await dropIndex(collection, name);
  }
}

/** Another process that starts may have dropped it in the meantime. */
async function dropIndex(collection: Collection, name: string): Promise<void> {
  try {
    await collection.dropIndex(name);
  } catch (failure) {
    if (!(failure instanceof MongoServerError) || failure.codeName !== 'IndexNotFound') throw failure;
  }
}

export function redactUrl(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//***@');
}
