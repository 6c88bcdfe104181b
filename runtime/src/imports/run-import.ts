import { randomUUID } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import type { Rejection } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { type Collection, GridFSBucket } from 'mongodb';
import type { Logger } from 'pino';
import type { Dictionary } from '../conditions/dictionary.ts';
import { createAliases } from '../identities/aliases.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { ValueGate } from '../quality/value-gate.ts';
import type { Database } from '../stores/database.ts';
import { compileMapping, type RowMapper } from './compile-mapping.ts';
import {
  type ImportRecord,
  importRejections,
  imports,
  type RejectionRecord,
  rejectionIdOf,
  UPLOADS_BUCKET,
} from './import-record.ts';
import { type Row, readRows } from './read-rows.ts';
import { createProfileWriter, type ImportedProfile, type ProfileWriter } from './write-profiles.ts';

export interface ImportJobDeps {
  database: Database;
  dictionary: Dictionary;
  clock: Clock;
  /** IANA zone in which dates without an offset are read. */
  timeZone: string;
  log: Logger;
  watch?: ProfileWatch;
  gate?: ValueGate;
}

/** Rows written and checkpointed together; what a crash repeats. */
const BATCH = 1000;

/**
 * Moves a running import to its end; resumes behind the checkpoint and repeats at most one batch, which is harmless.
 * Returns early, changing nothing more, when the import was cancelled, another worker took it over, or the process stops.
 */
export async function runImport(
  deps: ImportJobDeps,
  importId: string,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const collection = deps.database.collection(imports);
  const fence = randomUUID();
  const record = await collection.findOneAndUpdate(
    { _id: importId, status: 'running' },
    { $set: { fence } },
    { returnDocument: 'after' },
  );
  if (!record?.mapping) return;
  try {
    const mapper = compileMapping(record.mapping, record.dialect, deps.timeZone);
    const isFinished = await importRows(deps, collection, { ...record, fence }, mapper, job);
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
  }
}

async function importRows(
  deps: ImportJobDeps,
  collection: Collection<ImportRecord>,
  record: ImportRecord & { fence: string },
  mapper: RowMapper,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<boolean> {
  const { _id: importId, fence } = record;
  const writer = createProfileWriter(
    deps.database.collection(profiles),
    importId,
    deps.watch,
    createAliases(deps),
    deps.gate,
  );
  const bucket = new GridFSBucket(deps.database.db, { bucketName: UPLOADS_BUCKET });
  const done = { rowsRead: record.rowsRead, rowsImported: record.rowsImported, rowsRejected: record.rowsRejected };
  let bytesRead = 0;
  const file = bucket.openDownloadStream(record.fileId);
  try {
    for await (const rows of batches(
      readRows(file, record.dialect, (bytes) => (bytesRead += bytes)),
      done.rowsRead,
    )) {
      if (job.signal.aborted) return false;
      const { imported, rejected } = sort(rows, mapper);
      await Promise.all([writeRows(deps, writer, imported), writeRejections(deps.database, importId, rejected)]);
      done.rowsRead += rows.length;
      done.rowsImported += imported.length;
      done.rowsRejected += rejected.length;
      const kept = await collection.updateOne(
        { _id: importId, status: 'running', fence },
        { $set: { ...done, bytesRead: Math.max(bytesRead, record.bytesRead) } },
      );
      if (kept.matchedCount === 0) return false;
      await job.touch();
    }
  } finally {
    file.destroy();
  }
  return true;
}

/** Rows behind the first `skip`, in batches. */
async function* batches(source: AsyncIterable<Row[]>, skip: number): AsyncGenerator<Row[]> {
  let waiting: Row[] = [];
  let toSkip = skip;
  for await (const rows of source) {
    const skipped = Math.min(toSkip, rows.length);
    toSkip -= skipped;
    waiting.push(...(skipped > 0 ? rows.slice(skipped) : rows));
    let from = 0;
    for (; waiting.length - from >= BATCH; from += BATCH) yield waiting.slice(from, from + BATCH);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}

function sort(rows: readonly Row[], mapper: RowMapper): { imported: ImportedProfile[]; rejected: Rejection[] } {
  const imported: ImportedProfile[] = [];
  const rejected: Rejection[] = [];
  for (const row of rows) {
    const result = mapper(row);
    if ('profile' in result) imported.push(result.profile);
    else rejected.push(result.rejection);
  }
  return { imported, rejected };
}

async function writeRows(deps: ImportJobDeps, writer: ProfileWriter, rows: readonly ImportedProfile[]): Promise<void> {
  const now = new Date(deps.clock.now());
  await writer.write(rows, now);
  deps.dictionary.observe({ attributes: rows.map(({ attributes }) => attributes), at: now });
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
