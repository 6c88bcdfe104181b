import { StoreError } from '../bson/index.ts';

const diskFullWords = /No space left on device|MDB_MAP_FULL|ENOSPC|File too large|Disk quota exceeded/i;

/** Turns LMDB's words for a full disk into MongoDB's OutOfDiskSpace with a sentence; anything else stays as it is. */
export function describeStorageFailure(error: unknown, folder: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !diskFullWords.test(error.message)) return error;
  return new StoreError(
    14031,
    `The disk that holds ${folder} is full, so nothing of this write was stored; all that was acknowledged before ` +
      'can still be read. Free some space and try again.',
  );
}
