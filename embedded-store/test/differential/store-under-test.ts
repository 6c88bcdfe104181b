import { randomBytes } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { startTestStore } from '../start-test-store.ts';

/** What the suite asks: a database of its own behind the official driver. */
export interface StoreUnderTest {
  db: Db;
  stop(): Promise<void>;
}

export interface StoreKind {
  name: string;
  /** False for a MongoDB server: some cases are about what the embedded store alone refuses. */
  isEmbedded: boolean;
  start(): Promise<StoreUnderTest>;
}

async function startEmbedded(isOnDisk: boolean): Promise<StoreUnderTest> {
  const { db, stop } = await startTestStore({ isOnDisk });
  return { db, stop };
}

// A name that nobody has, so that dropping it at the end takes away nothing of anybody's.
async function connectTo(url: string): Promise<StoreUnderTest> {
  const client = await new MongoClient(url).connect();
  const db = client.db(`store_differential_${randomBytes(6).toString('hex')}`);
  return {
    db,
    stop: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
}

const serverUrl = process.env['MONGODB_URL'];

/** Both storages of the embedded store, and the server that MONGODB_URL names. */
export const storeKinds: readonly StoreKind[] = [
  { name: 'in memory', isEmbedded: true, start: () => startEmbedded(false) },
  { name: 'on LMDB', isEmbedded: true, start: () => startEmbedded(true) },
  ...(serverUrl ? [{ name: 'the server of MONGODB_URL', isEmbedded: false, start: () => connectTo(serverUrl) }] : []),
];
