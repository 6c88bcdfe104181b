import type { Readable } from 'node:stream';
import { AppError } from '@sluice/shared/errors';
import type { FileReading, ImportJob, ImportMapping, Rejection, ReplyOf } from '@sluice/shared/http-api';
import type { dataRoutes } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import { Type } from 'typebox';
import { ulid } from 'ulid';
import { audiences } from '../audiences/audience-record.ts';
import { datasets } from '../datasets/dataset-record.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { compileMapping, type ImportedRow, typesOf } from './compile-mapping.ts';
import { type ImportRecord, importRejections, imports, toImportJob, UNDO_MS } from './import-record.ts';
import { inspectFile } from './inspect-file.ts';
import { invalidMapping } from './invalid-mapping.ts';
import { readFirstRows } from './read-rows.ts';
import { type ImportJobDeps, removeUpload, runImport } from './run-import.ts';
import { storeUpload } from './store-upload.ts';
import { openStoredFile } from './stored-file.ts';
import { fitToDataset } from './write-dataset-rows.ts';
import { undoImport } from './undo-import.ts';

interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}
interface Page<T> {
  items: T[];
  next: string | null;
}

/** Files that become profiles, events, or members of an audience. */
export interface Imports {
  /** Throws `import-file-unreadable` and keeps nothing of the file. */
  upload(file: { fileName: string; stream: Readable }): Promise<ImportJob>;
  list(query: Paging): Promise<Page<ImportJob>>;
  /** Throws `not-found`. */
  get(importId: string): Promise<ImportJob>;
  /** What the first rows become; stores nothing. Throws `import-mapping-invalid`, `liquid-invalid`. */
  try(importId: string, mapping: ImportMapping): Promise<ReplyOf<typeof dataRoutes.tryImport>>;
  /** Reads the file otherwise than it was. Throws `import-file-unreadable`, and `import-state` once it has started. */
  read(importId: string, reading: FileReading): Promise<ImportJob>;
  /** Throws like `try`, and `import-state` for an import that runs or has ended. */
  start(importId: string, mapping: ImportMapping): Promise<ImportJob>;
  /** What is imported stays. Throws `import-state` for an import that has ended. */
  cancel(importId: string): Promise<ImportJob>;
  /** Takes back what it did (IMP-3). Throws `import-state` while it runs, and when it is too late. */
  undo(importId: string): Promise<ImportJob>;
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
const UNDO_JOB = 'imports:undo';
/** A worker that has not been heard of for so long is gone. */
const LOST_MS = 5 * MINUTE_MS;
const ROWS_TRIED = 20;
const DEFAULT_LIMIT = 50;

/** Defines its jobs, so it is called before the scheduler starts. */
export function createImports(deps: ImportsDeps): Imports {
  const { database, scheduler, clock } = deps;
  const collection = database.collection(imports);
  const rejections = database.collection(importRejections);
  scheduler.define<{ importId: string }>(RUN_JOB, ({ importId }, job) => runImport(deps, importId, job));
  scheduler.define<{ importId: string }>(UNDO_JOB, ({ importId }, job) => undoImport(deps, importId, job));

  async function find(importId: string): Promise<ImportRecord> {
    const record = await collection.findOne({ _id: importId });
    if (!record) throw new AppError('not-found', `There is no import ${importId}`);
    return record;
  }

  // One job per start: were the key the import alone, a start right behind a failure would find the old job and add none.
  const schedule = ({ _id: importId, starts, status }: Pick<ImportRecord, '_id' | 'starts' | 'status'>) =>
    scheduler.at(status === 'undoing' ? UNDO_JOB : RUN_JOB, `${importId}/${starts}`, clock.now(), { importId });

  /** The mapping as it will be read. Throws when it fits no row of the file. */
  async function fit(record: ImportRecord, asked: ImportMapping) {
    const mapping = asked.dataset === undefined ? asked : await fitTo(asked, asked.dataset);
    const mapper = compileMapping(mapping, record.dialect, { timeZone: deps.timeZone, now: clock.now() });
    await demandOpen(mapping, record._id);
    return { mapping, mapper };
  }

  async function fitTo(mapping: ImportMapping, name: string): Promise<ImportMapping> {
    const dataset = await database.collection(datasets).findOne({ _id: name });
    if (!dataset) throw new AppError('not-found', `There is no dataset ${name}`, { details: { what: 'dataset' } });
    return fitToDataset(mapping, dataset);
  }

  /** Open to a file are manual audiences, and the snapshot that is made for this one. */
  async function demandOpen(mapping: ImportMapping, importId: string): Promise<void> {
    const audience = mapping.members?.audience;
    if (audience === undefined) return;
    const found = await database.collection(audiences).findOne({ _id: audience, isDeleted: { $exists: false } });
    const isOwn = found?.source?.kind === 'file' && found.source.importId === importId;
    if (found?.kind !== 'manual' && !isOwn)
      throw invalidMapping(
        'Members from a file come to a manual audience, or to the snapshot that was made for this file.',
        '文件成员只能加入手动人群，或加入为该文件创建的快照人群。',
      );
  }

  return {
    async upload({ fileName, stream }) {
      const stored = await storeUpload(database, fileName, stream);
      try {
        const { dialect, preview } = await inspectFile(openStoredFile(database, stored), stored.encoding);
        const record: ImportRecord = {
          _id: ulid(clock.now()),
          fileName,
          fileId: stored.fileId,
          bytes: stored.bytes,
          foundEncoding: stored.encoding,
          dialect,
          preview,
          status: 'uploaded',
          mapping: null,
          starts: 0,
          startedAt: null,
          rowsRead: 0,
          rowsImported: 0,
          rowsRejected: 0,
          rejectedBy: {},
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

    async read(importId, reading) {
      const record = await find(importId);
      requireState(record, ['uploaded']);
      const inspected = await inspectFile(openStoredFile(database, record), record.foundEncoding, reading);
      const changed = await collection.findOneAndUpdate(
        { _id: importId, status: 'uploaded' },
        { $set: inspected },
        { returnDocument: 'after' },
      );
      if (!changed) throw wrongState(importId);
      return toImportJob(changed);
    },

    async try(importId, mapping) {
      const record = await find(importId);
      requireState(record, ['uploaded', 'failed']);
      const { mapper } = await fit(record, mapping);
      const first = await readFirstRows(openStoredFile(database, record), record.dialect, ROWS_TRIED);
      const results = first.map(mapper);
      return {
        profiles: results.flatMap((result) => ('row' in result ? [toTried(result.row)] : [])),
        rejections: results.flatMap((result) => ('rejection' in result ? [result.rejection] : [])),
      };
    },

    async start(importId, asked) {
      const record = await find(importId);
      requireState(record, ['uploaded', 'failed']);
      const { mapping } = await fit(record, asked);
      await deps.dictionary.declare(typesOf(mapping));
      const startedAt = record.startedAt ?? new Date(clock.now());
      const started = await collection.findOneAndUpdate(
        { _id: importId, status: record.status },
        { $set: { status: 'running', mapping, startedAt, failure: null, finishedAt: null }, $inc: { starts: 1 } },
        { returnDocument: 'after' },
      );
      if (!started) throw wrongState(importId);
      await schedule(started);
      return toImportJob(started);
    },

    async undo(importId) {
      const record = await find(importId);
      requireState(record, ['done', 'failed', 'cancelled']);
      const now = clock.now();
      const started = await collection.findOneAndUpdate(
        {
          _id: importId,
          status: record.status,
          startedAt: { $gt: new Date(now - UNDO_MS) },
          $or: [{ fence: { $exists: false } }, { heldAt: { $lt: new Date(now - LOST_MS) } }],
        },
        { $set: { status: 'undoing', undo: NOTHING_UNDONE, finishedAt: null }, $inc: { starts: 1 } },
        { returnDocument: 'after' },
      );
      if (!started) throw wrongState(importId);
      await schedule(started);
      await removeUpload(database, started.fileId);
      return toImportJob(started);
    },

    async cancel(importId) {
      const record = await find(importId);
      const cancelled = await collection.findOneAndUpdate(
        { _id: importId, status: { $in: ['uploaded', 'running', 'failed'] } },
        { $set: { status: 'cancelled', finishedAt: new Date(clock.now()) } },
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
      for (const record of await collection.find({ status: { $in: ['running', 'undoing'] } }).toArray())
        await schedule(record);
    },
  };
}

const NOTHING_UNDONE = { removed: 0, kept: 0, restored: 0, events: 0, members: 0 };

function toTried({ userId, attributes, event }: ImportedRow) {
  const tried = { userId, attributes: toAttributes(attributes) };
  return event ? { ...tried, event: { name: event.name, at: event.at.toISOString() } } : tried;
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
