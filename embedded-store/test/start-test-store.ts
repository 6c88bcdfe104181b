import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { startStoreServer, type StoreServer } from '../src/index.ts';

export interface TestStore {
  server: StoreServer;
  client: MongoClient;
  db: Db;
  folder: string;
  stop(): Promise<void>;
}

/** A store in this process with a connected driver: in memory, or on LMDB in a folder of its own. */
export async function startTestStore({ isOnDisk = false }: { isOnDisk?: boolean } = {}): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'store-test-'));
  const server = await startStoreServer({
    ...(isOnDisk ? { folder: join(folder, 'data') } : { inMemory: true }),
    listen: { path: join(folder, 's.sock') },
  });
  const client = new MongoClient(server.url);
  return {
    server,
    client,
    db: client.db('test'),
    folder,
    stop: async () => {
      await client.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The code and message of the server error that `work` ends in; fails when it ends well. */
export async function errorOf(
  work: Promise<unknown>,
): Promise<{ code: unknown; message: string; [field: string]: unknown }> {
  try {
    await work;
  } catch (error) {
    return error as { code: unknown; message: string };
  }
  throw new Error('An error was expected and none came.');
}
