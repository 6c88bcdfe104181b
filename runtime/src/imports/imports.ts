import type { Readable } from 'node:stream';
import { AppError } from '@sluice/shared/errors';
import type { ImportJob, ImportMapping, Profile, Rejection } from '@sluice/shared/http-api';
import { GridFSBucket } from 'mongodb';
import { Type } from 'typebox';
import { ulid } from 'ulid';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { compileMapping, typesOf } from './compile-mapping.ts';
import { type ImportRecord, importRejections, imports, toImportJob, UPLOADS_BUCKET } from './import-record.ts';
import { inspectFile } from './inspect-file.ts';
import { type Row, readRows } from './read-rows.ts';
import { type ImportJobDeps, removeUpload, runImport } from './run-import.ts';
import { storeUpload } from './store-upload.ts';

interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}
interface Page<T> {
  items: T[];
  next: string | null;
}

/** Files that become profiles. */
export interface Imports {
  /** Throws `import-file-unreadable` and keeps nothing of the file. */
  upload(file: { fileName: string; stream: Readable }): Promise<ImportJob>;
  list(query: Paging): Promise<Page<ImportJob>>;
  /** Throws `not-found`. */
  get(importId: string): Promise<ImportJob>;
  /** What the first rows become; stores nothing. Throws `import-mapping-invalid`, `liquid-invalid`. */
  try(
    importId: string,
    mapping: ImportMapping,
  ): Promise<{ profiles: { userId: string; attributes: Profile['attributes'] }[]; rejections: Rejection[] }>;
  /** Throws like `try`, and `import-state` for an import that runs or has ended. */
  start(importId: string, mapping: ImportMapping): Promise<ImportJob>;
  /** What is imported stays. Throws `import-state` for an import that has ended. */
  cancel(importId: string): Promise<ImportJob>;
  listRejections(importId: string, query: Paging): Promise<Page<Rejection>>;
  /** All of them, by line. */
  streamRejections(importId: string): AsyncIterable<Rejection>;
  /** Hands running imports to the scheduler again; at start, for those a crash left without a job. */
  resume(): Promise<void>;
}

export interface ImportsDeps extends ImportJobDeps {
  scheduler: Scheduler;
}

const RUN_JOB = 'imports:run';
const ROWS_TRIED = 20;
const DEFAULT_LIMIT = 50;

/** Defines the job `imports:run`, so it is called before the scheduler starts. */
export function createImports(deps: ImportsDeps): Imports {
  const { database, scheduler, clock } = deps;
  const collection = database.collection(imports);
  const rejections = database.collection(importRejections);
  scheduler.define<{ importId: string }>(RUN_JOB, ({ importId }, job) => runImport(deps, importId, job));

  async function find(importId: string): Promise<ImportRecord> {
    const record = await collection.findOne({ _id: importId });
    if (!record) throw new AppError('not-found', `There is no import ${importId}`);
    return record;
  }

  // One job per start: were the key the import alone, a start right behind a failure would find the old job and add none.
  const schedule = ({ _id: importId, starts }: Pick<ImportRecord, '_id' | 'starts'>) =>
    scheduler.at(RUN_JOB, `${importId}/${starts}`, clock.now(), { importId });

  return {
    async upload({ fileName, stream }) {
      const stored = await storeUpload(database, fileName, stream);
      try {
        const isWhole = stored.sample.length === stored.bytes;
        const { dialect, preview } = inspectFile(stored.sample, stored.encoding, isWhole);
        const record: ImportRecord = {
          _id: ulid(clock.now()),
          fileName,
          fileId: stored.fileId,
          bytes: stored.bytes,
          dialect,
          preview,
          status: 'uploaded',
          mapping: null,
          starts: 0,
          rowsRead: 0,
          rowsImported: 0,
          rowsRejected: 0,
          bytesRead: 0,
          failure: null,
          createdAt: new Date(clock.now()),
          finishedAt: null,
        };
        await collection.insertOne(record);
        return toImportJob(record);
      } catch (error) {
        await removeUpload(database, stored.fileId);
        throw error;
      }
    },

    async list({ after, limit = DEFAULT_LIMIT }) {
      const [at, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const createdAt = new Date(at ?? 0);
      const older = { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id ?? '' } }] };
      const rows = await collection
        .find(at === undefined ? {} : older)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const { items, next } = cut(rows, limit, (last) => [last.createdAt.getTime(), last._id]);
      return { items: items.map(toImportJob), next };
    },

    get: async (importId) => toImportJob(await find(importId)),

    async try(importId, mapping) {
      const record = await find(importId);
      requireState(record, ['uploaded', 'failed']);
      const mapper = compileMapping(mapping, record.dialect, deps.timeZone);
      const results = (await readFirstRows(deps, record, ROWS_TRIED)).map(mapper);
      return {
        profiles: results.flatMap((result) =>
          'profile' in result ? [{ ...result.profile, attributes: toAttributes(result.profile.attributes) }] : [],
        ),
        rejections: results.flatMap((result) => ('rejection' in result ? [result.rejection] : [])),
      };
    },

    async start(importId, mapping) {
      const record = await find(importId);
      requireState(record, ['uploaded', 'failed']);
      compileMapping(mapping, record.dialect, deps.timeZone);
      await deps.dictionary.declare(typesOf(mapping));
      const started = await collection.findOneAndUpdate(
        { _id: importId, status: record.status },
        { $set: { status: 'running', mapping, failure: null, finishedAt: null }, $inc: { starts: 1 } },
        { returnDocument: 'after' },
      );
      if (!started) throw wrongState(importId);
      await schedule(started);
      return toImportJob(started);
    },

    async cancel(importId) {
      const record = await find(importId);
      const cancelled = await collection.findOneAndUpdate(
        { _id: importId, status: { $in: ['uploaded', 'running', 'failed'] } },
        { $set: { status: 'cancelled', finishedAt: new Date(clock.now()) }, $unset: { fence: true } },
        { returnDocument: 'after' },
      );
      if (!cancelled) throw wrongState(importId);
      await removeUpload(database, record.fileId);
      return toImportJob(cancelled);
    },

    async listRejections(importId, { after, limit = DEFAULT_LIMIT }) {
      await find(importId);
      const [last] = after ? readCursor(after, Type.String()) : [`${importId}:`];
      const rows = await rejections
        .find({ _id: { $gt: last, $lt: `${importId};` } })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const { items, next } = cut(rows, limit, ({ _id }) => [_id]);
      return { items: items.map(({ _id, ...rejection }) => rejection), next };
    },

    async *streamRejections(importId) {
      await find(importId);
      const cursor = rejections.find({ _id: { $gt: `${importId}:`, $lt: `${importId};` } }).sort({ _id: 1 });
      for await (const { _id, ...rejection } of cursor) yield rejection;
    },

    async resume() {
      for (const record of await collection.find({ status: 'running' }).toArray()) await schedule(record);
    },
  };
}

async function readFirstRows(deps: ImportJobDeps, record: ImportRecord, most: number): Promise<Row[]> {
  const bucket = new GridFSBucket(deps.database.db, { bucketName: UPLOADS_BUCKET });
  const file = bucket.openDownloadStream(record.fileId);
  const first: Row[] = [];
  try {
    for await (const rows of readRows(file, record.dialect)) {
      first.push(...rows.slice(0, most - first.length));
      if (first.length >= most) break;
    }
  } finally {
    file.destroy();
  }
  return first;
}

function requireState({ _id, status }: ImportRecord, states: readonly ImportRecord['status'][]): void {
  if (!states.includes(status)) throw wrongState(_id);
}

function wrongState(importId: string): AppError {
  return new AppError('import-state', `The import ${importId} has started or ended already`);
}

function cut<T>(rows: T[], limit: number, positionOf: (last: T) => unknown[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(positionOf(last)) : null };
}
