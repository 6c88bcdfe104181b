import { randomUUID } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import type { Rejection } from '@sluice/shared/http-api';
import { type Collection, GridFSBucket } from 'mongodb';
import type { Logger } from 'pino';
import type { Database } from '../stores/database.ts';
import { readAhead } from '../stores/read-ahead.ts';
import { compileMapping, type ImportedRow, type RowMapper } from './compile-mapping.ts';
import {
  type ImportRecord,
  importRejections,
  imports,
  type RejectionRecord,
  rejectionIdOf,
  UPLOADS_BUCKET,
} from './import-record.ts';
import { holdImport } from './hold-import.ts';
import { createTarget, type TargetDeps } from './import-target.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { openStoredFile } from './stored-file.ts';

export interface ImportJobDeps extends TargetDeps {
  /** IANA zone in which dates without an offset are read. */
  timeZone: string;
  log: Logger;
}

export interface Job {
  touch(): Promise<void>;
  signal: AbortSignal;
}

/**
 * Moves a running import to its end; resumes behind the checkpoint and repeats at most one batch, which is harmless (IMP-2).
 * Returns early, changing nothing more, when the import was cancelled, another worker took it over, or the process stops.
 */
export async function runImport(deps: ImportJobDeps, importId: string, job: Job): Promise<void> {
  const collection = deps.database.collection(imports);
  const fence = randomUUID();
  const record = await collection.findOneAndUpdate(
    { _id: importId, status: 'running' },
    { $set: { fence, heldAt: new Date(deps.clock.now()) } },
    { returnDocument: 'after' },
  );
  if (!record?.mapping) return;
  const circumstances = { timeZone: deps.timeZone, now: deps.clock.now() };
  const hold = holdImport({ collection, clock: deps.clock }, { importId, fence }, job);
  const signal = AbortSignal.any([job.signal, hold.signal]);
  try {
    const mapper = compileMapping(record.mapping, record.dialect, circumstances);
    const isFinished = await importRows(deps, collection, { ...record, fence }, mapper, { ...job, signal });
    if (isFinished) await finish(deps, collection, record, fence);
  } catch (error) {
    const isMine = (await collection.countDocuments({ _id: importId, status: 'running', fence })) > 0;
    // A cancelled import loses its file under the reader.
    if (!isMine) return;
    // What the operator can mend ends the import with a reason; anything else is tried again from the checkpoint.
    if (!(error instanceof AppError) || error.kind !== 'user') throw error;
    deps.log.warn({ importId, code: error.code }, 'an import failed');
    await collection.updateOne(
      { _id: importId, status: 'running', fence },
      {
        $set: { status: 'failed', failure: error.code, finishedAt: new Date(deps.clock.now()) },
        $unset: { fence: true },
      },
    );
  } finally {
    hold.release();
    // Whoever takes a cancelled import back waits until its worker has let go.
    await collection.updateOne({ _id: importId, fence }, { $unset: { fence: true } });
  }
}

async function importRows(
  deps: ImportJobDeps,
  collection: Collection<ImportRecord>,
  record: ImportRecord & { fence: string },
  mapper: RowMapper,
  job: Job,
): Promise<boolean> {
  const { _id: importId, fence } = record;
  const target = createTarget(deps, record);
  const { rowsRead, rowsImported, rowsRejected, rejectedBy } = record;
  const done = { rowsRead, rowsImported, rowsRejected, rejectedBy: { ...rejectedBy } };
  let bytesRead = 0;
  const source = readRows(openStoredFile(deps.database, record), record.dialect, {
    onBytes: (bytes) => (bytesRead += bytes),
    skip: rowsRead,
  });
  const sorted = sortedBatches(batches(source, rowsRead, { size: target.batch, signal: job.signal }), mapper);
  // The next batch is read and turned into values while the store writes this one.
  for await (const { value } of readAhead(sorted, deps.clock)) {
    if (job.signal.aborted) return false;
    const { size, imported, rejected } = value;
    const late = await target.write(imported, done.rowsRead + 1);
    const rejections = [...rejected, ...late];
    await writeRejections(deps.database, importId, rejections);
    done.rowsRead += size;
    done.rowsImported += size - rejections.length;
    done.rowsRejected += rejections.length;
    for (const { code } of rejections) done.rejectedBy[code] = (done.rejectedBy[code] ?? 0) + 1;
    const kept = await collection.updateOne(
      { _id: importId, status: 'running', fence },
      {
        $set: {
          ...done,
          bytesRead: Math.max(Math.round(bytesRead), record.bytesRead),
          heldAt: new Date(deps.clock.now()),
        },
      },
    );
    if (kept.matchedCount === 0) return false;
    await job.touch();
  }
  return !job.signal.aborted;
}

/** Rows behind the first `skip`, in batches; no more once the signal is given, also while it is still skipping. */
async function* batches(
  source: AsyncIterable<Row[]>,
  skip: number,
  { size, signal }: { size: number; signal: AbortSignal },
): AsyncGenerator<Row[]> {
  let waiting: Row[] = [];
  let toSkip = skip;
  for await (const rows of source) {
    if (signal.aborted) return;
    const skipped = Math.min(toSkip, rows.length);
    toSkip -= skipped;
    waiting.push(...(skipped > 0 ? rows.slice(skipped) : rows));
    let from = 0;
    for (; waiting.length - from >= size; from += size) yield waiting.slice(from, from + size);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}

interface SortedBatch {
  /** Rows read. */
  size: number;
  imported: ImportedRow[];
  rejected: Rejection[];
}

async function* sortedBatches(source: AsyncIterable<Row[]>, mapper: RowMapper): AsyncGenerator<SortedBatch> {
  for await (const rows of source) yield sort(rows, mapper);
}

function sort(rows: readonly Row[], mapper: RowMapper): SortedBatch {
  const imported: ImportedRow[] = [];
  const rejected: Rejection[] = [];
  for (const row of rows) {
    const result = mapper(row);
    if ('row' in result) imported.push(result.row);
    else rejected.push(result.rejection);
  }
  return { size: rows.length, imported, rejected };
}

async function writeRejections(database: Database, importId: string, rejected: readonly Rejection[]): Promise<void> {
  if (rejected.length === 0) return;
  await database.collection(importRejections).bulkWrite(
    rejected.map((rejection) => {
      const replacement: Omit<RejectionRecord, '_id'> = rejection;
      return { replaceOne: { filter: { _id: rejectionIdOf(importId, rejection.line) }, replacement, upsert: true } };
    }),
    { ordered: false },
  );
}

async function finish(
  deps: ImportJobDeps,
  collection: Collection<ImportRecord>,
  record: ImportRecord,
  fence: string,
): Promise<void> {
  const { _id: importId, fileId, bytes } = record;
  const finishedAt = new Date(deps.clock.now());
  // The new names must be on offer when the page says "done".
  await deps.dictionary.flush();
  // Let go at once: removing a large upload takes a while, and it may be taken back meanwhile.
  const ended = await collection.updateOne(
    { _id: importId, status: 'running', fence },
    { $set: { status: 'done', bytesRead: bytes, finishedAt }, $unset: { fence: true } },
  );
  if (ended.matchedCount > 0) await removeUpload(deps.database, fileId);
}

/** Personal data is not kept twice: the uploaded file goes when nothing can be imported from it any more. */
export async function removeUpload(database: Database, fileId: ImportRecord['fileId']): Promise<void> {
  const bucket = new GridFSBucket(database.db, { bucketName: UPLOADS_BUCKET });
  const isThere = (await bucket.find({ _id: fileId }).limit(1).toArray()).length > 0;
  if (isThere) await bucket.delete(fileId);
}
