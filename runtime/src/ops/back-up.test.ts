import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchEmbeddedStore } from '@sluice/embedded-store';
import type { Collection } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectDatabase } from '../stores/database.ts';
import { backUpDataFolder, restoreDataFolder } from './back-up.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withNotes<T>(dataDir: string, work: (notes: Collection) => Promise<T>): Promise<T> {
  const store = await launchEmbeddedStore({ folder: dataDir });
  const database = await connectDatabase(store.url);
  try {
    return await work(database.db.collection('notes'));
  } finally {
    await database.close();
    await store.stop();
  }
}

it('a backup of a running store, restored elsewhere, has what was there, and the key', async () => {
  const [dataDir, backup, restored] = ['data', 'backup', 'restored'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  await withNotes(dataDir, async (notes) => {
    await writeFile(path.join(dataDir, 'secret.key'), 'key', { mode: 0o600 });
    await notes.insertMany([{ text: 'one' }, { text: 'two' }]);
    await backUpDataFolder(dataDir, backup);
    await notes.insertOne({ text: 'later' });
  });
  await restoreDataFolder(backup, restored);
  expect(await withNotes(restored, (notes) => notes.countDocuments())).toBe(2);
  expect(await readFile(path.join(restored, 'secret.key'), 'utf8')).toBe('key');
});

it('a store that is not running is backed up too', async () => {
  const [dataDir, backup] = [path.join(folder, 'data'), path.join(folder, 'backup')];
  await withNotes(dataDir, (notes) => notes.insertOne({ text: 'one' }));
  await backUpDataFolder(dataDir, backup);
  await restoreDataFolder(backup, path.join(folder, 'restored'));
  expect(await withNotes(path.join(folder, 'restored'), (notes) => notes.countDocuments())).toBe(1);
});

it('a data folder that holds something is not overwritten', async () => {
  const [dataDir, backup] = [path.join(folder, 'data'), path.join(folder, 'backup')];
  await withNotes(dataDir, (notes) => notes.insertOne({ text: 'one' }));
  await backUpDataFolder(dataDir, backup);
  await expect(restoreDataFolder(backup, dataDir)).rejects.toThrow(/empty/);
});
