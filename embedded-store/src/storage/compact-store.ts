import { statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { fileName } from './lmdb-store.ts';
import { syncFiles } from './sync-files.ts';

/** A smaller file is not worth the copying. */
const worthwhileBytes = 64 * 1024 * 1024;

interface TreeStats {
  treeBranchPageCount: number;
  treeLeafPageCount: number;
  overflowPages: number;
}
interface FileStats extends TreeStats {
  pageSize: number;
  lastPageNumber: number;
}

/**
 * Rewrites the data file without its free pages when more than half of it is free; for use before the store is opened.
 * LMDB uses free pages again and never gives them back, so a large deletion would stay on the disk for good. The copy
 * takes the old file's place in one rename: a crash leaves either of the two whole.
 */
export async function compactStore(folder: string, minimumBytes = worthwhileBytes): Promise<boolean> {
  const path = join(folder, fileName);
  const copy = `${path}.compacting`;
  await rm(copy, { force: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < minimumBytes) return false;
  const root = open<Buffer, Uint8Array>({ path, encoding: 'binary', keyEncoding: 'binary', maxDbs: 4 });
  try {
    if (isMostlyUsed(root)) return false;
    await root.backup(copy, true);
  } finally {
    await root.close();
  }
  // LMDB does not wait for the disk when it copies.
  await syncFiles(copy);
  await rename(copy, path);
  await syncFiles(folder);
  return true;
}

function isMostlyUsed(root: RootDatabase<Buffer, Uint8Array>): boolean {
  const { lastPageNumber, ...main } = root.getStats() as unknown as FileStats;
  const tables = ['meta', 'documents', 'entries'].map(
    (name) => root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' }).getStats() as unknown as TreeStats,
  );
  const pages = [main, ...tables].reduce(
    (sum, stats) => sum + stats.treeBranchPageCount + stats.treeLeafPageCount + stats.overflowPages,
    0,
  );
  return pages * 2 >= lastPageNumber;
}
