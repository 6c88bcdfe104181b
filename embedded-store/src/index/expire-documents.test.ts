import type { Document } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../../test/start-test-store.ts';
import { expireDocuments } from './expire-documents.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

it('[STORE-12] removes what has expired, by its earliest date, and nothing else', async () => {
  const sessions = store.db.collection<Document>('sessions');
  await sessions.createIndex({ seenAt: 1 }, { expireAfterSeconds: 60 });
  const now = new Date(1_000_000);
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
  await sessions.insertMany([
    { _id: 'old' as never, seenAt: ago(61) },
    { _id: 'just' as never, seenAt: ago(60) },
    { _id: 'new' as never, seenAt: ago(59) },
    { _id: 'list' as never, seenAt: [ago(5), ago(100)] },
    { _id: 'text' as never, seenAt: 'long ago' },
    { _id: 'none' as never },
  ]);
  expect(await expireDocuments(store.server.engine, now)).toBe(3);
  expect((await sessions.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual(['new', 'none', 'text']);
});

it('[STORE-12] follows a life span changed by collMod', async () => {
  const codes = store.db.collection<Document>('codes');
  await codes.createIndex({ at: 1 }, { expireAfterSeconds: 3600, name: 'ttl' });
  await codes.insertOne({ at: new Date(0) });
  expect(await expireDocuments(store.server.engine, new Date(60_000))).toBe(0);
  await store.db.command({ collMod: 'codes', index: { name: 'ttl', expireAfterSeconds: 10 } });
  expect(await expireDocuments(store.server.engine, new Date(60_000))).toBe(1);
});
