import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readFileSync, writeFileSync } from 'node:fs';

const lockFile = 'LOCK';
const ownerFile = 'OWNER';

/**
 * Takes the data folder for this process until the returned function is called or the process is gone.
 * Node has no file locks of its own. An empty SQLite database held in an exclusive transaction is one: the operating
 * system frees it when the process dies, however it dies, which a file with a process id in it cannot promise.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, lockFile));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new Error(
      `The data folder ${folder} is in use by another process${ownerOf(folder)}. Stop that one, or choose another folder.`,
      { cause: error },
    );
  }
  writeFileSync(join(folder, ownerFile), `${process.pid}\n`);
  return () => lock.close();
}

function ownerOf(folder: string): string {
  try {
    return ` (process ${readFileSync(join(folder, ownerFile), 'utf8').trim()})`;
  } catch {
    // The other process may not have written its number yet; the sentence is right without it.
    return '';
  }
}
