import type { Document } from 'bson';
import { decodeDocument, StoreError } from '../bson/index.ts';
import { assertValidBson } from '../bson/validate.ts';
import { maxWriteBatch } from '../wire/limits.ts';
import { checkCollation, checkFields } from './check-fields.ts';

/** One failed statement of a write command, as the reply lists it. */
export function writeErrorOf(error: StoreError, index: number): Document {
  return { index, code: error.code, ...error.details, errmsg: error.message };
}

export function checkBatch<T>(statements: T[]): T[] {
  if (statements.length === 0 || statements.length > maxWriteBatch) {
    throw new StoreError(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatch}. Got ${statements.length} operations.`,
    );
  }
  return statements;
}

/** Decodes the statements of an update or delete. An unknown field fails the command as a whole, before any write. */
export function readStatements(place: 'update.updates' | 'delete.deletes', raws: Uint8Array[]): Document[] {
  return checkBatch(raws).map((raw) => {
    assertValidBson(raw);
    const statement = decodeDocument(raw);
    checkFields(place, Object.keys(statement));
    checkCollation(statement['collation']);
    return statement;
  });
}

/**
 * Runs statements one after the other and gathers their errors; an ordered batch ends with the first.
 * What is not a StoreError goes through and aborts the transaction.
 */
export function runStatements<T>(
  statements: readonly T[],
  isOrdered: boolean,
  run: (statement: T, index: number) => void,
): Document[] {
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push(writeErrorOf(error, index));
      if (isOrdered) break;
    }
  }
  return writeErrors;
}
