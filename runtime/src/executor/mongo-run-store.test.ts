import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../stores/database.ts';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { batches } from './batch-record.ts';
import { createMongoRunStore } from './mongo-run-store.ts';
import { runs } from './run-record.ts';
import { describeRunStore } from './run-store.contract.ts';

let opened: { database: Database; close(): Promise<void> };
beforeAll(async () => {
  opened = await openTestDatabase([runs, batches]);
});
afterAll(() => opened.close());

describeRunStore('MongoDB', async () => {
  const { database } = opened;
  await database.collection(runs).deleteMany({});
  await database.collection(batches).deleteMany({});
  return {
    store: createMongoRunStore(database),
    read: async (id) => (await database.collection(runs).findOne({ _id: id })) ?? undefined,
  };
});
