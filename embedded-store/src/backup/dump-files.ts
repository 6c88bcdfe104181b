import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One collection inside a dump folder, in mongodump's layout: `<db>/<collection>.bson` and `.metadata.json`. */
export interface DumpedCollection {
  db: string;
  name: string;
  bsonPath: string;
  metadataPath: string;
}

/** mongodump writes names of files with what file systems dislike percent-encoded. */
export function dumpedCollection(folder: string, db: string, name: string): DumpedCollection {
  const file = join(folder, db, encodeURIComponent(name));
  return { db, name, bsonPath: `${file}.bson`, metadataPath: `${file}.metadata.json` };
}

/** The collections of a dump folder, by database and name. */
export async function listDump(folder: string): Promise<DumpedCollection[]> {
  const found: DumpedCollection[] = [];
  for (const db of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    for (const file of (await readdir(join(folder, db.name))).sort()) {
      if (file.endsWith('.bson')) found.push(dumpedCollection(folder, db.name, decodeURIComponent(file.slice(0, -5))));
    }
  }
  return found;
}

const maxDocumentBytes = 16 * 1024 * 1024 + 16 * 1024;

/** Reads the documents of a BSON file, which is nothing but documents one after the other. */
export async function* readBsonFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    let rest = Buffer.alloc(0);
    for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false })) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      let at = 0;
      while (rest.length - at >= 4) {
        const size = rest.readInt32LE(at);
        if (size < 5 || size > maxDocumentBytes)
          throw new Error(`${path} is no BSON file: a document of ${size} bytes.`);
        if (rest.length - at < size) break;
        yield rest.subarray(at, at + size);
        at += size;
      }
      rest = rest.subarray(at);
    }
    if (rest.length > 0) throw new Error(`${path} ends inside a document: the dump was cut off.`);
  } finally {
    await file.close();
  }
}
