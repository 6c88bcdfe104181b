import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { BSON, type Collection, type Document, type IndexDescription, MongoClient } from 'mongodb';
import { type DumpedCollection, listDump, readBsonFile } from './dump-files.ts';
import type { DumpReport } from './export-dump.ts';

const batchDocuments = 1_000;
const batchBytes = 8 * 1024 * 1024;
/** Decoded only to be sent on, so number classes, regular expressions and binary are kept as they are. */
const keepTypes = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

/**
 * Reads a folder in mongodump's layout into a MongoDB or an embedded store: documents first, then the indexes.
 * A collection that already holds documents is refused before anything of it is written.
 */
export async function importDump({ folder, url }: { folder: string; url: string }): Promise<DumpReport> {
  const client = new MongoClient(url);
  const report: DumpReport = {};
  try {
    for (const dumped of await listDump(folder)) {
      const collection = client.db(dumped.db).collection(dumped.name);
      if (await collection.findOne({}, { projection: { _id: 1 } })) {
        throw new Error(`${collection.namespace} already holds documents; import into an empty collection.`);
      }
      report[collection.namespace] = await importCollection(collection, dumped);
    }
    return report;
  } finally {
    await client.close();
  }
}

async function importCollection(collection: Collection, dumped: DumpedCollection): Promise<number> {
  let count = 0;
  let bytes = 0;
  let batch: Document[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    await collection.insertMany(batch, { ordered: true });
    count += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const raw of readBsonFile(dumped.bsonPath)) {
    batch.push(BSON.deserialize(raw, keepTypes));
    bytes += raw.length;
    if (batch.length >= batchDocuments || bytes >= batchBytes) await send();
  }
  await send();
  const indexes = await readIndexes(dumped);
  if (indexes.length > 0) await collection.createIndexes(indexes);
  return count;
}

async function readIndexes({ metadataPath }: DumpedCollection): Promise<IndexDescription[]> {
  if (!existsSync(metadataPath)) return [];
  const metadata = BSON.EJSON.parse(await readFile(metadataPath, 'utf8')) as { indexes?: Document[] };
  return (metadata.indexes ?? [])
    .filter((index) => index['name'] !== '_id_')
    .map(({ ns: _ns, v: _v, background: _background, ...index }) => index as IndexDescription);
}
