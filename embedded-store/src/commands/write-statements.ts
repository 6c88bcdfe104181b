import type { Document } from 'bson';
import { decodeDocument, StoreError } from '../bson/index.ts';
import type { WriteQueue } from '../server/write-queue.ts';
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

/** Answered by a statement that is too large for one transaction and has changed nothing yet. */
export const tooLarge = Symbol('too large for one transaction');

export interface StatementRunner<S, R> {
  /** Inside a write transaction, like all statements around it. */
  run(statement: S, index: number): R | typeof tooLarge;
  /** Outside of one: makes its own, piece by piece. */
  runLarge?(statement: S, index: number): Promise<R>;
}

/**
 * Runs statements one after the other, as many in one transaction as can be, and gathers their errors; an ordered
 * batch ends with the first. What is not a StoreError goes through and aborts the transaction.
 */
export async function runStatements<S, R>(
  writes: WriteQueue,
  statements: readonly S[],
  isOrdered: boolean,
  runner: StatementRunner<S, R>,
): Promise<{ results: [index: number, result: R][]; writeErrors: Document[] }> {
  const results: [number, R][] = [];
  const writeErrors: Document[] = [];
  let next = 0;
  while (next < statements.length) {
    // A transaction may be run again after another's failure, so what it finds is only taken over once it is done.
    const done = await writes.run(() => runTogether(statements, next, isOrdered, runner));
    results.push(...done.results);
    writeErrors.push(...done.writeErrors);
    next = done.next;
    if (!done.isLarge || !runner.runLarge) continue;
    try {
      results.push([next, await runner.runLarge(statements[next] as S, next)]);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push(writeErrorOf(error, next));
      if (isOrdered) break;
    }
    next++;
  }
  return { results, writeErrors };
}

function runTogether<S, R>(
  statements: readonly S[],
  from: number,
  isOrdered: boolean,
  runner: StatementRunner<S, R>,
): { results: [number, R][]; writeErrors: Document[]; next: number; isLarge: boolean } {
  const results: [number, R][] = [];
  const writeErrors: Document[] = [];
  for (let index = from; index < statements.length; index++) {
    try {
      const result = runner.run(statements[index] as S, index);
      if (result === tooLarge) return { results, writeErrors, next: index, isLarge: true };
      results.push([index, result]);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push(writeErrorOf(error, index));
      if (isOrdered) break;
    }
  }
  return { results, writeErrors, next: statements.length, isLarge: false };
}
