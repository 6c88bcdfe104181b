import type { Readable } from 'node:stream';
import { GridFSBucket, type ObjectId } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { UPLOADS_BUCKET } from './import-record.ts';

/** The bytes of an uploaded file, from any place on; never all of them at once. */
export interface StoredFile {
  bytes: number;
  /** `from` inclusive, `to` exclusive. */
  stream(range?: { from: number; to: number }): Readable;
}

export function openStoredFile(database: Database, upload: { fileId: ObjectId; bytes: number }): StoredFile {
  const bucket = new GridFSBucket(database.db, { bucketName: UPLOADS_BUCKET });
  return {
    bytes: upload.bytes,
    stream: (range) =>
      bucket.openDownloadStream(upload.fileId, range ? { start: range.from, end: range.to } : undefined),
  };
}

/** The first bytes of a file. */
export async function readStart(file: StoredFile, most: number): Promise<Buffer> {
  if (file.bytes === 0) return Buffer.alloc(0);
  const parts: Buffer[] = [];
  for await (const part of file.stream({ from: 0, to: Math.min(most, file.bytes) })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
