import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { lockFolder } from '../storage/folder-lock.ts';
import { fileName } from '../storage/lmdb-store.ts';
import { formatFile, formatLine } from '../storage/store-format.ts';
import { syncFiles } from '../storage/sync-files.ts';

/**
 * Copies a running store into a new folder: one consistent snapshot, while reads and writes go on.
 * `url` is what `launchEmbeddedStore` gave. The folder must not exist or be empty; a failed copy leaves none behind.
 */
export async function backUpStore({ url, to }: { url: string; to: string }): Promise<void> {
  const client = new MongoClient(url);
  try {
    await client.db('admin').command({ copyStore: 1, to: resolve(to) });
  } finally {
    await client.close();
  }
}

/** Puts a backup into a data folder that is empty or missing; the store is started there afterwards. */
export async function restoreStore({ backup, folder }: { backup: string; folder: string }): Promise<void> {
  const found = await readFormat(backup);
  if (found !== formatLine) {
    throw new Error(
      `${backup} is no backup that this version can restore: its format is "${found}", expected "${formatLine}". Nothing was changed.`,
    );
  }
  checkEmpty(folder, 'The data folder');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = lockFolder(folder);
  try {
    // The format file comes last: a folder without it is refused, so a restore cut short is never taken for data.
    await copyFile(join(backup, fileName), join(folder, fileName));
    await syncFiles(join(folder, fileName));
    await writeFile(join(folder, formatFile), `${formatLine}\n`);
    await syncFiles(join(folder, formatFile), folder);
  } finally {
    release();
  }
}

async function readFormat(backup: string): Promise<string> {
  try {
    return (await readFile(join(backup, formatFile), 'utf8')).trim();
  } catch (error) {
    throw new Error(`${backup} is no backup: it has no ${formatFile} file.`, { cause: error });
  }
}

/** Writes a snapshot by way of a folder of another name, so that a half-written one is never taken for a backup. */
export async function writeSnapshot(copyTo: (folder: string) => Promise<void>, to: string): Promise<void> {
  checkEmpty(to, 'The backup folder');
  const partial = `${to}.partial-${process.pid}`;
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyTo(partial);
    await writeFile(join(partial, formatFile), `${formatLine}\n`);
    await syncFiles(join(partial, fileName), join(partial, formatFile), partial);
    await rm(to, { recursive: true, force: true });
    await rename(partial, to);
    await syncFiles(dirname(to));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function checkEmpty(folder: string, what: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`${what} ${folder} is not empty, and nothing in it is overwritten. Choose a new one.`);
  }
}
