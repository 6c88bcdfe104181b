import { startStoreServer } from '@sluice/embedded-store';
import type { Document } from 'mongodb';
import { applyIndexes, type CollectionDeclaration, connectDatabase, type Database } from './database.ts';

/** A database of its own for one test file: the embedded store in memory, or a fresh database of TEST_MONGODB_URL. */
export async function openTestDatabase(
  declarations: readonly unknown[],
): Promise<{ database: Database; close(): Promise<void> }> {
  const external = process.env['TEST_MONGODB_URL'];
  const store = external === undefined ? await startStoreServer({ inMemory: true, listen: { port: 0 } }) : undefined;
  const databaseName = `test-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const database = await connectDatabase(store?.url ?? (external as string), { databaseName });
  await applyIndexes(database, declarations as readonly CollectionDeclaration<Document>[]);
  return {
    database,
    async close() {
      if (external !== undefined) await database.db.dropDatabase();
      await database.close();
      await store?.stop();
    },
  };
}
