import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BSON, type Collection, type Document, MongoClient } from 'mongodb';
import { type DumpedCollection, dumpedCollection } from './dump-files.ts';

/** How many documents went out of or into each collection, by namespace. */
export type DumpReport = Record<string, number>;

const ownDatabases = new Set(['admin', 'config', 'local']);

/**
 * Writes all collections (or those of one database) of a MongoDB or an embedded store into a folder, in the layout of
 * mongodump, so that mongorestore reads it. Writes that happen meanwhile may be in it or not, collection by collection.
 */
export async function exportDump({
  url,
  folder,
  db,
}: {
  url: string;
  folder: string;
  db?: string;
}): Promise<DumpReport> {
  const client = new MongoClient(url);
  const report: DumpReport = {};
  try {
    for (const name of db === undefined ? await databasesOf(client) : [db]) {
      for (const collection of await client.db(name).collections()) {
        if (collection.collectionName.startsWith('system.')) continue;
        const target = dumpedCollection(folder, name, collection.collectionName);
        report[collection.namespace] = await exportCollection(collection, target);
      }
    }
    return report;
  } finally {
    await client.close();
  }
}

async function databasesOf(client: MongoClient): Promise<string[]> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  return databases.map(({ name }) => name).filter((name) => !ownDatabases.has(name));
}

async function exportCollection(collection: Collection, target: DumpedCollection): Promise<number> {
  await mkdir(dirname(target.bsonPath), { recursive: true });
  let count = 0;
  // Raw: the bytes go to the file as they are, so no type can change on the way.
  const documents = collection.find({}, { raw: true }).sort({ _id: 1 });
  const bytes = Readable.from(documents, { objectMode: true }).map((document: Buffer) => {
    count++;
    return document;
  });
  await pipeline(bytes, createWriteStream(target.bsonPath));
  const indexes = (await collection.listIndexes().toArray()).map(({ ns: _ns, ...index }: Document) => index);
  const metadata = { indexes, collectionName: target.name, type: 'collection', options: {} };
  await writeFile(target.metadataPath, BSON.EJSON.stringify(metadata, { relaxed: false }));
  return count;
}
