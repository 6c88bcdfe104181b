import type { ImportJob, ImportMapping, ImportPreview, ImportUndo, Rejection } from '@sluice/shared/http-api';
import { DAY_MS } from '@sluice/shared/time';
import type { ObjectId } from 'mongodb';
import { declareCollection } from '../stores/database.ts';
import type { Dialect } from './dialect.ts';

/**
 * States: uploaded → running → done | failed; uploaded, running → cancelled; failed → running (from where it stopped);
 * done, failed, cancelled → undoing → undone. Only the holder of `fence` may move a running import or an undo on.
 */
export type ImportStatus = ImportJob['status'];

export interface ImportRecord {
  _id: string;
  fileName: string;
  /** In the bucket of uploads; gone when the import is done or cancelled. */
  fileId: ObjectId;
  bytes: number;
  /** What the whole file was found to be written in. */
  foundEncoding: string;
  dialect: Dialect;
  preview: ImportPreview;
  status: ImportStatus;
  mapping: ImportMapping | null;
  /** Rows that are finished, read from the start of the file: the checkpoint a restart goes on behind. */
  rowsRead: number;
  rowsImported: number;
  rowsRejected: number;
  rejectedBy: Record<string, number>;
  bytesRead: number;
  /** How often a job was started for it; each start is a job of its own. */
  starts: number;
  /** The instant that stands on every profile it writes, whenever it comes to it: others' changes are told from its own by it. */
  startedAt: Date | null;
  /** The worker that moves it on; a worker that lost it changes nothing more. It goes when the worker has let go. */
  fence?: string;
  /** When that worker last said so. */
  heldAt?: Date;
  failure: string | null;
  undo?: ImportUndo;
  /** The last page of the journal that has been taken back. */
  undoneTo?: string;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface RejectionRecord extends Rejection {
  /** Import and line, so that a row rejected twice is one record and the records sort by line. */
  _id: string;
}

export const imports = declareCollection<ImportRecord>('imports', [
  { key: { createdAt: -1, _id: -1 } },
  { key: { status: 1 } },
]);
export const importRejections = declareCollection<RejectionRecord>('importRejections');

/** GridFS bucket of files waiting to be imported. */
export const UPLOADS_BUCKET = 'uploads';

/** So long after its start an import can be taken back; what it changed is kept for that. */
export const UNDO_MS = 30 * DAY_MS;
const UNDOABLE: readonly ImportStatus[] = ['done', 'failed', 'cancelled'];

export function rejectionIdOf(importId: string, line: number): string {
  return `${importId}:${String(line).padStart(12, '0')}`;
}

export function toImportJob(record: ImportRecord): ImportJob {
  const { _id: id, fileName, bytes, status, preview, mapping, rowsRead, rowsImported, rowsRejected, failure } = record;
  const progress = status === 'done' ? 1 : bytes === 0 ? 0 : Math.min(1, record.bytesRead / bytes);
  const { startedAt, undo = null } = record;
  const undoUntil = startedAt && UNDOABLE.includes(status) ? new Date(startedAt.getTime() + UNDO_MS) : null;
  return {
    id,
    fileName,
    bytes,
    status,
    preview,
    mapping,
    rowsRead,
    rowsImported,
    rowsRejected,
    rejectedBy: record.rejectedBy,
    progress,
    failure,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    undoUntil: undoUntil?.toISOString() ?? null,
    undo,
  };
}
