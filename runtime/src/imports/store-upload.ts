import { pipeline } from 'node:stream/promises';
import { Transform, type Readable } from 'node:stream';
import { GridFSBucket, type ObjectId } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { createEncodingDetector } from './detect-encoding.ts';
import { UPLOADS_BUCKET } from './import-record.ts';
import { CHUNK_BYTES } from './stored-file.ts';

export interface StoredUpload {
  fileId: ObjectId;
  bytes: number;
  encoding: string;
}

/** Puts an upload into GridFS as it arrives, looking at it as it goes by. A broken upload leaves nothing behind. */
export async function storeUpload(database: Database, fileName: string, stream: Readable): Promise<StoredUpload> {
  const bucket = new GridFSBucket(database.db, { bucketName: UPLOADS_BUCKET });
  const detector = createEncodingDetector();
  let bytes = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      detector.add(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const target = bucket.openUploadStream(fileName, { chunkSizeBytes: CHUNK_BYTES });
  // On a failure the pipeline destroys the target, which drops the chunks it has written.
  await pipeline(stream, watch, target);
  return { fileId: target.id, bytes, encoding: detector.detect() };
}
