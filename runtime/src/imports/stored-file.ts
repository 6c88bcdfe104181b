import { Readable } from 'node:stream';
import type { Binary, ObjectId } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { UPLOADS_BUCKET } from './import-record.ts';

/** The bytes of an uploaded file, from any place on; never all of them at once. */
export interface StoredFile {
  bytes: number;
  /** `from` inclusive, `to` exclusive. */
  stream(range?: { from: number; to: number }): Readable;
}

/** The size that GridFS gives its chunks by itself. */
export const CHUNK_BYTES = 255 * 1024;
/** Chunks per reply of the store. Untold it sends 16 MB, of which driver, reader and a garbage collector in no hurry keep several. */
const CHUNKS_AT_ONCE = 8;

/** As GridFS stores them (https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md). */
interface StoredChunk {
  files_id: ObjectId;
  n: number;
  data: Binary;
}

/** By the chunks themselves: the driver's own reader of a file cannot be told how much to ask for. */
export function openStoredFile(database: Database, upload: { fileId: ObjectId; bytes: number }): StoredFile {
  const chunks = database.db.collection<StoredChunk>(`${UPLOADS_BUCKET}.chunks`);

  async function* read({ from, to }: { from: number; to: number }): AsyncGenerator<Uint8Array> {
    let next = Math.floor(from / CHUNK_BYTES);
    let skipped = from - next * CHUNK_BYTES;
    let left = to - from;
    const found = chunks
      .find({ files_id: upload.fileId, n: { $gte: next, $lt: Math.ceil(to / CHUNK_BYTES) } })
      .sort({ n: 1 })
      .batchSize(CHUNKS_AT_ONCE);
    for await (const { n, data } of found) {
      if (n !== next) break;
      const part = data.buffer.subarray(skipped, Math.min(data.length(), skipped + left));
      left -= part.length;
      skipped = 0;
      next += 1;
      if (part.length > 0) yield part;
    }
    if (left > 0) throw new Error(`Part ${next} of the uploaded file ${upload.fileId.toHexString()} is gone`);
  }

  return {
    bytes: upload.bytes,
    stream: (range) => Readable.from(read(range ?? { from: 0, to: upload.bytes }), { objectMode: false }),
  };
}

/** The first bytes of a file. */
export async function readStart(file: StoredFile, most: number): Promise<Buffer> {
  if (file.bytes === 0) return Buffer.alloc(0);
  const parts: Buffer[] = [];
  for await (const part of file.stream({ from: 0, to: Math.min(most, file.bytes) })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
