import type { Document } from 'bson';
import { StoreError } from '../bson/index.ts';
import { maxWriteBatch } from '../wire/limits.ts';

/** One failed statement of a write command, as the reply lists it. */
export function writeErrorOf(error: StoreError, index: number): Document {
  return { index, code: error.code, ...error.details, errmsg: error.message };
}

export function checkBatch(statements: Uint8Array[]): Uint8Array[] {
  if (statements.length === 0 || statements.length > maxWriteBatch) {
    throw new StoreError(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatch}. Got ${statements.length} operations.`,
    );
  }
  return statements;
}
