import { randomBytes } from 'node:crypto';
import { startStoreServer } from '@sluice/embedded-store';
import type { Document } from 'mongodb';
import { applyIndexes, type CollectionDeclaration, connectDatabase, type Database } from '../src/stores/database.ts';

export interface TestDatabase {
  database: Database;
  url: string;
  close(): Promise<void>;
}

/**
 * An empty database with the indexes of these collections: the embedded store, in memory, or a database of its own in
 * MONGODB_URL, which is dropped on close.
 */
export async function openTestDatabase(
  // Any record type: only name and indexes matter here.
  // oxlint-disable-next-line typescript/no-explicit-any
  declarations: readonly CollectionDeclaration<any>[] = [],
): Promise<TestDatabase> {
  const shared = process.env.MONGODB_URL;
  const store = shared ? undefined : await startStoreServer({ inMemory: true, listen: { port: 0 } });
  const url = shared ?? store?.url ?? '';
  const database = await connectDatabase(url, { databaseName: `test_${randomBytes(6).toString('hex')}` });
  await applyIndexes(database, declarations as readonly CollectionDeclaration<Document>[]);
  return {
    database,
    url,
    async close() {
      if (shared) await database.db.dropDatabase();
      await database.close();
      await store?.stop();
    },
  };
}
