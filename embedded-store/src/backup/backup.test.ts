import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BSON, type Document, Double, Int32, Long, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../../test/start-test-store.ts';
import { startStoreServer } from '../server/store-server.ts';
import { backUpStore, restoreStore } from './back-up-store.ts';
import { exportDump } from './export-dump.ts';
import { importDump } from './import-dump.ts';

describe('a backup', () => {
  let store: TestStore;
  beforeEach(async () => {
    store = await startTestStore({ isOnDisk: true });
  });
  afterEach(() => store.stop());

  it('[STORE-18] is one instant of a store that goes on writing', async () => {
    // Each write raises both documents in one command, so a consistent copy holds equal numbers.
    const pairs = store.db.collection<{ _id: string; n: number }>('pairs');
    await pairs.createIndex({ n: 1 });
    await pairs.insertMany([
      { _id: 'a', n: 0 },
      { _id: 'b', n: 0 },
    ]);
    const over = new AbortController();
    const writing = (async () => {
      while (!over.signal.aborted) await pairs.updateMany({}, { $inc: { n: 1 } });
    })();
    const to = join(store.folder, 'backup');
    await backUpStore({ url: store.server.url, to });
    over.abort();
    await writing;
    const folder = join(store.folder, 'restored');
    await restoreStore({ backup: to, folder });
    const restored = await startStoreServer({ folder, listen: { port: 0 } });
    const client = new MongoClient(restored.url);
    const [a, b] = await client.db('test').collection('pairs').find().toArray();
    expect(a?.['n']).toBe(b?.['n']);
    expect((await client.db('test').command({ validate: 'pairs' }))['errors']).toEqual([]);
    await client.close();
    await restored.stop();
  });

  it('[STORE-18] overwrites nothing and takes nothing for a backup that is none', async () => {
    await store.db.collection('things').insertOne({});
    const to = join(store.folder, 'backup');
    await backUpStore({ url: store.server.url, to });
    await expect(backUpStore({ url: store.server.url, to })).rejects.toThrow('is not empty');
    await expect(restoreStore({ backup: to, folder: join(store.folder, 'data') })).rejects.toThrow('is not empty');
    await expect(restoreStore({ backup: store.folder, folder: join(store.folder, 'new') })).rejects.toThrow(
      'is no backup',
    );
    writeFileSync(join(to, 'FORMAT'), 'embedded-store 999\n');
    await expect(restoreStore({ backup: to, folder: join(store.folder, 'new') })).rejects.toThrow(
      'is no backup that this version can restore',
    );
  });
});

describe('an export', () => {
  it('[STORE-19] comes back byte for byte with its indexes, in the layout of mongodump', async () => {
    const source = await startTestStore();
    const target = await startTestStore();
    const given: Document[] = [
      {
        _id: 1,
        int: new Int32(5),
        double: new Double(5),
        long: Long.fromNumber(5),
        at: new Date(5),
        pattern: /a/i,
        bytes: Buffer.from('x'),
      },
      { _id: 2, nested: { list: [1.5, null] } },
    ];
    await source.db.collection('odd name/with %').insertMany(given as never);
    await source.db.collection('odd name/with %').createIndex({ int: -1 }, { unique: true, sparse: true, name: 'own' });
    const folder = join(source.folder, 'dump');
    expect(await exportDump({ url: source.server.url, folder })).toEqual({ 'test.odd name/with %': 2 });
    const file = join(folder, 'test', `${encodeURIComponent('odd name/with %')}.bson`);
    expect(readFileSync(file).equals(Buffer.concat(given.map((document) => BSON.serialize(document))))).toBe(true);
    expect(await importDump({ folder, url: target.server.url })).toEqual({ 'test.odd name/with %': 2 });
    const raws = async ({ db }: TestStore): Promise<string[]> =>
      (await db.collection('odd name/with %').find({}, { raw: true }).toArray()).map((raw) =>
        Buffer.from(raw as never).toString('hex'),
      );
    expect(await raws(target)).toEqual(await raws(source));
    expect(await target.db.collection('odd name/with %').indexes()).toEqual(
      await source.db.collection('odd name/with %').indexes(),
    );
    await expect(importDump({ folder, url: target.server.url })).rejects.toThrow('already holds documents');
    await source.stop();
    await target.stop();
  });
});
