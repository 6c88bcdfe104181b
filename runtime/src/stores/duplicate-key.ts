import { MongoBulkWriteError, MongoServerError, type WriteError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Whether a write was refused because another document has its unique key already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** The writes of a bulk that were refused as duplicates. Throws the error again if it says anything else, or nothing. */
export function duplicatesOf(error: unknown): WriteError[] {
  const failures = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  // A missing answer of the store carries no write errors and must not pass for success.
  if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return failures;
}
