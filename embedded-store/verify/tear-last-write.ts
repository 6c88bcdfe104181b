import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { type CommitRecord, openDataFile, pagesOf, recordBytes } from '../src/storage/data-file.ts';

/**
 * Does to a data file what a power cut does to a commit under way: whatever the last finished commit does not use may
 * hold anything, the file may have grown or not, and the record being written may be torn.
 * Answers how many pages were overwritten.
 */
export function tearLastWrite(path: string): number {
  const file = openDataFile(path);
  const last = file.records.reduce((a, b) => (!a || (b && b.commit > a.commit) ? b : a)) as CommitRecord;
  const used = new Set(pagesOf(file, last, 0));
  const fd = openSync(path, 'r+');
  try {
    const { pageSize, pages } = file;
    let torn = 0;
    for (let page = 2; page < pages + 20; page++) {
      if (used.has(page) || Math.random() < 0.3) continue;
      const sector = Math.floor(Math.random() * (pageSize / 512));
      writeSync(fd, randomBytes(pageSize - sector * 512), 0, undefined, page * pageSize + sector * 512);
      torn++;
    }
    if (Math.random() < 0.3) ftruncateSync(fd, (Math.max(...used) + 1) * pageSize);
    if (Math.random() < 0.5) writeSync(fd, randomBytes(recordBytes), 0, undefined, (1 - last.slot) * pageSize);
    return torn;
  } finally {
    closeSync(fd);
    file.close();
  }
}
