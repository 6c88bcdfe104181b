import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type CommitRecord, DamagedFile, type DataFile, openDataFile, pagesOf, recordBytes } from './data-file.ts';
import { fileName } from './lmdb-store.ts';

/** How many pages are looked at before every start; a few hundredths of a second. */
const pagesAtStart = 5_000;

/**
 * Looks at the last commit of a data file before LMDB, which has no checksums and would follow a garbled page number
 * anywhere, or end the process at a page that is not there. For use before the store is opened.
 * A torn record of a commit was being written when the machine went down, so nobody was told of that commit: the one
 * before it is put in its place. Anything else that is not whole was confirmed by the disk and then lost: throws an
 * Error whose message a user can act on, and changes nothing.
 */
export function checkDataFile(folder: string, note = (sentence: string): void => console.error(sentence)): void {
  const path = join(folder, fileName);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  try {
    const file = openDataFile(path);
    try {
      const last = lastCommit(file);
      // LMDB gives a page back before it was ever written: the file may then end early and still be whole.
      const isShort = file.pages <= last.lastPage;
      if (last.isSynced) walk(file, last, isShort ? 0 : last.commit, isShort ? Number.POSITIVE_INFINITY : pagesAtStart);
      if (file.records.every((record) => record)) return;
      replaceTornRecord(path, file, last);
      note(
        `embedded store: the last commit in ${folder} was cut off while it was written and is undone; ` +
          'it was never acknowledged.',
      );
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    throw new Error(
      `The data file ${path} is damaged: ${error.message}. The disk lost what it had confirmed, or the file was cut or ` +
        'changed by something else. Nothing was changed. Restore the folder from a backup.',
      { cause: error },
    );
  }
}

function lastCommit({ records: [a, b] }: DataFile): CommitRecord {
  const last = a && b ? (a.commit > b.commit ? a : b) : (a ?? b);
  // A new file, and a compacted one, begin with an empty record that must not stand in for the real one.
  if (!last || (last.commit === 0 && !(a && b))) throw new DamagedFile('its record of the last commit cannot be read');
  return last;
}

function walk(file: DataFile, record: CommitRecord, since: number, budget: number): void {
  for (const _page of pagesOf(file, record, since, budget));
}

/** Writes the whole record in the torn one's place as the commit before it, as LMDB itself does to take one back. */
function replaceTornRecord(path: string, file: DataFile, whole: CommitRecord): void {
  const slot = 1 - whole.slot;
  const bytes = Buffer.from(file.read(whole.slot, recordBytes));
  bytes.writeBigUInt64LE(BigInt(slot), 0);
  bytes.writeBigUInt64LE(BigInt(whole.commit - 1), 152);
  const fd = openSync(path, 'r+');
  try {
    writeSync(fd, bytes, 0, bytes.length, slot * file.pageSize);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
