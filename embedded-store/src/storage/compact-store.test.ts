import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compactStore } from './compact-store.ts';
import { fileName, openLmdbStore } from './lmdb-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-compact-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('[STORE-21] gives the disk back what a large deletion freed, and keeps the rest', async () => {
  const keyOf = (i: number): Buffer => Buffer.from(`key-${String(i).padStart(6, '0')}`);
  const store = openLmdbStore(folder);
  store.write(() => {
    for (let i = 0; i < 5_000; i++) store.put('documents', keyOf(i), Buffer.alloc(400, i));
  });
  await store.close();
  const full = statSync(join(folder, fileName)).size;
  expect(await compactStore(folder, 0)).toBe(false);
  const again = openLmdbStore(folder);
  again.write(() => {
    for (let i = 500; i < 5_000; i++) again.remove('documents', keyOf(i));
  });
  await again.close();
  expect(await compactStore(folder, full * 2)).toBe(false);
  expect(await compactStore(folder, 0)).toBe(true);
  expect(statSync(join(folder, fileName)).size).toBeLessThan(full / 4);
  const small = openLmdbStore(folder);
  let count = 0;
  small.scan('documents', { from: Buffer.from('k'), to: Buffer.from('l') }, (_key, value) => {
    expect(value.equals(Buffer.alloc(400, count))).toBe(true);
    return ++count > 0;
  });
  expect(count).toBe(500);
  await small.close();
});
