import { GridFSBucket } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from './start-test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore({ isOnDisk: true });
});
afterAll(() => store.stop());

it('[STORE-20] keeps files of many chunks in GridFS', async () => {
  const bucket = new GridFSBucket(store.db);
  const given = Buffer.from(Array.from({ length: 700_000 }, (_, i) => i % 251));
  const upload = bucket.openUploadStream('picture.png', { metadata: { by: 'me' } });
  await new Promise((resolve, reject) => upload.on('finish', resolve).on('error', reject).end(given));
  const chunks: Buffer[] = [];
  for await (const chunk of bucket.openDownloadStreamByName('picture.png')) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).equals(given)).toBe(true);
  await bucket.rename(upload.id, 'other.png');
  expect((await bucket.find({ filename: 'other.png' }).toArray())[0]?.metadata).toEqual({ by: 'me' });
  await bucket.delete(upload.id);
  expect(await store.db.collection('fs.chunks').countDocuments()).toBe(0);
});
