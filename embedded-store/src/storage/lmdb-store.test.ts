import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStore } from './lmdb-store.ts';
import { describeOrderedStore } from './ordered-store.contract.ts';

describeOrderedStore('the LMDB store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-lmdb-'));
  const store = openLmdbStore(folder);
  return {
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
