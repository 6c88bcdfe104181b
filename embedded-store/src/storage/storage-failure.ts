import { StoreError } from '../bson/index.ts';

/** LMDB answers a write that the disk took only in part with a plain "Input/output error". */
const diskWords = /No space left on device|MDB_MAP_FULL|ENOSPC|File too large|Disk quota exceeded|Input\/output error/i;

/** Turns LMDB's words for a disk that takes no more into MongoDB's OutOfDiskSpace with a sentence; else nothing changes. */
export function describeStorageFailure(error: unknown, folder: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !diskWords.test(error.message)) return error;
  return new StoreError(
    14031,
    `The disk that holds ${folder} did not take the write: it is full, over its quota or failing (${error.message}). ` +
      'Nothing of this write was stored, and all that was acknowledged before can still be read. Free some space and ' +
      'try again.',
  );
}
