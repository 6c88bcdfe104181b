import type { ImportJob, ImportMapping, ImportPreview, Rejection } from '@sluice/shared/http-api';
import type { ObjectId } from 'mongodb';
import { declareCollection } from '../stores/database.ts';
import type { Dialect } from './dialect.ts';

/**
 * States: uploaded → running → done | failed; uploaded, running → cancelled; failed → running (from where it stopped).
 * Only the holder of `fence` may move a running import on.
 */
export type ImportStatus = ImportJob['status'];

export interface ImportRecord {
  _id: string;
  fileName: string;
  /** In the bucket of uploads; gone when the import is done or cancelled. */
  fileId: ObjectId;
  bytes: number;
  dialect: Dialect;
  preview: ImportPreview;
  status: ImportStatus;
  mapping: ImportMapping | null;
  /** Rows that are finished, read from the start of the file: the checkpoint a restart goes on behind. */
  rowsRead: number;
  rowsImported: number;
  rowsRejected: number;
  bytesRead: number;
  /** How often it was started; each start is a job of its own. */
  starts: number;
  /** The worker that moves it on; a worker that lost it changes nothing more. */
  fence?: string;
  failure: string | null;
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

export function rejectionIdOf(importId: string, line: number): string {
  return `${importId}:${String(line).padStart(12, '0')}`;
}

export function toImportJob(record: ImportRecord): ImportJob {
  const { _id: id, fileName, bytes, status, preview, mapping, rowsRead, rowsImported, rowsRejected, failure } = record;
  const progress = status === 'done' ? 1 : bytes === 0 ? 0 : Math.min(1, record.bytesRead / bytes);
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
    progress,
    failure,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}
