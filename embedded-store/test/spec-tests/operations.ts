import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { GridFSBucket, MongoClient, type ObjectId } from 'mongodb';
import type { AbstractCursor, Collection, Db } from 'mongodb';
import type { Entities } from './entities.ts';
import type { Operation } from './spec-file.ts';

type Arguments = Record<string, unknown>;
type Run<T> = (target: T, args: Arguments, entities: Entities) => unknown;

/** A driver call takes what the files hold as it is, so its option types are left aside here and only here. */
function rest(args: Arguments, ...taken: string[]): never {
  const options = Object.fromEntries(Object.entries(args).filter(([name]) => !taken.includes(name)));
  if (typeof options['returnDocument'] === 'string')
    options['returnDocument'] = options['returnDocument'].toLowerCase();
  return options as never;
}

const collectionOperations: Record<string, Run<Collection>> = {
  aggregate: (collection, args) => collection.aggregate(args['pipeline'] as never, rest(args, 'pipeline')).toArray(),
  bulkWrite: (collection, args) => collection.bulkWrite(args['requests'] as never, rest(args, 'requests')),
  count: (collection, args) => collection.count(args['filter'] as never, rest(args, 'filter')),
  countDocuments: (collection, args) => collection.countDocuments(args['filter'] as never, rest(args, 'filter')),
  createIndex: (collection, args) => collection.createIndex(args['keys'] as never, rest(args, 'keys')),
  deleteMany: (collection, args) => collection.deleteMany(args['filter'] as never, rest(args, 'filter')),
  deleteOne: (collection, args) => collection.deleteOne(args['filter'] as never, rest(args, 'filter')),
  distinct: (collection, args) =>
    collection.distinct(args['fieldName'] as never, args['filter'] as never, rest(args, 'fieldName', 'filter')),
  dropIndex: (collection, args) => collection.dropIndex(String(args['name']), rest(args, 'name')),
  estimatedDocumentCount: (collection, args) => collection.estimatedDocumentCount(rest(args)),
  find: (collection, args) => collection.find(args['filter'] as never, rest(args, 'filter')).toArray(),
  findOne: (collection, args) => collection.findOne(args['filter'] as never, rest(args, 'filter')),
  findOneAndDelete: (collection, args) => collection.findOneAndDelete(args['filter'] as never, rest(args, 'filter')),
  findOneAndReplace: (collection, args) =>
    collection.findOneAndReplace(
      args['filter'] as never,
      args['replacement'] as never,
      rest(args, 'filter', 'replacement'),
    ),
  findOneAndUpdate: (collection, args) =>
    collection.findOneAndUpdate(args['filter'] as never, args['update'] as never, rest(args, 'filter', 'update')),
  insertMany: (collection, args) => collection.insertMany(args['documents'] as never, rest(args, 'documents')),
  insertOne: (collection, args) => collection.insertOne(args['document'] as never, rest(args, 'document')),
  listIndexes: (collection, args) => collection.listIndexes(rest(args)).toArray(),
  replaceOne: (collection, args) =>
    collection.replaceOne(args['filter'] as never, args['replacement'] as never, rest(args, 'filter', 'replacement')),
  updateMany: (collection, args) =>
    collection.updateMany(args['filter'] as never, args['update'] as never, rest(args, 'filter', 'update')),
  updateOne: (collection, args) =>
    collection.updateOne(args['filter'] as never, args['update'] as never, rest(args, 'filter', 'update')),
};

const databaseOperations: Record<string, Run<Db>> = {
  aggregate: (db, args) => db.aggregate(args['pipeline'] as never, rest(args, 'pipeline')).toArray(),
  createCollection: (db, args) => db.createCollection(String(args['collection']), rest(args, 'collection')),
  createCommandCursor: async (db, args) => {
    const cursor = db.runCursorCommand(args['command'] as never, rest(args, 'command', 'commandName', 'batchSize'));
    setCursorOptions(cursor, args);
    // The driver's cursors are lazy; the format wants the command to be sent here, without moving the cursor.
    await cursor.hasNext();
    return cursor;
  },
  dropCollection: (db, args) => db.dropCollection(String(args['collection']), rest(args, 'collection')),
  listCollections: (db, args) => db.listCollections(args['filter'] as never, rest(args, 'filter')).toArray(),
  modifyCollection: (db, args) =>
    db.command({ collMod: args['collection'], ...(rest(args, 'collection') as Arguments) }),
  runCommand: (db, args) => db.command(args['command'] as never, rest(args, 'command', 'commandName')),
  runCursorCommand: (db, args) => {
    const cursor = db.runCursorCommand(
      args['command'] as never,
      rest(args, 'command', 'commandName', 'batchSize', 'maxTimeMS', 'comment'),
    );
    setCursorOptions(cursor, args);
    return cursor.toArray();
  },
};

function setCursorOptions(
  cursor: ReturnType<Db['runCursorCommand']>,
  { batchSize, maxTimeMS, comment }: Arguments,
): void {
  if (batchSize !== undefined) cursor.setBatchSize(Number(batchSize));
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(Number(maxTimeMS));
  if (comment !== undefined) cursor.setComment(comment);
}

const bucketOperations: Record<string, Run<GridFSBucket>> = {
  delete: (bucket, { id }) => bucket.delete(id as ObjectId),
  deleteByName: async (bucket, { filename }) => {
    const files = await bucket.find({ filename: String(filename) }).toArray();
    if (files.length === 0) throw new Error('FileNotFound: no file with that name');
    for (const file of files) await bucket.delete(file._id);
  },
  download: (bucket, { id }) => readAll(bucket.openDownloadStream(id as ObjectId)),
  downloadByName: (bucket, args) =>
    readAll(bucket.openDownloadStreamByName(String(args['filename']), rest(args, 'filename'))),
  rename: (bucket, { id, newFilename }) => bucket.rename(id as ObjectId, String(newFilename)),
  renameByName: async (bucket, { filename, newFilename }) => {
    const files = await bucket.find({ filename: String(filename) }).toArray();
    if (files.length === 0) throw new Error('FileNotFound: no file with that name');
    for (const file of files) await bucket.rename(file._id, String(newFilename));
  },
  upload: (bucket, args) => {
    const stream = bucket.openUploadStream(String(args['filename']), rest(args, 'filename', 'source'));
    const { $$hexBytes: hex } = args['source'] as { $$hexBytes: string };
    return new Promise((resolve, reject) => {
      Readable.from([Buffer.from(hex, 'hex')])
        .pipe(stream)
        .on('finish', () => resolve(stream.id))
        .on('error', reject);
    });
  },
};

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const cursorOperations: Record<string, Run<AbstractCursor>> = {
  close: (cursor) => cursor.close(),
  iterateOnce: (cursor) => cursor.tryNext(),
  iterateUntilDocumentOrError: (cursor) => cursor.next(),
};

const clientOperations: Record<string, Run<MongoClient>> = {
  clientBulkWrite: (client, args) => {
    const models = (args['models'] as Record<string, Arguments>[]).map((model) => {
      const [name] = Object.keys(model);
      return { name, ...model[name as string] };
    });
    return client.bulkWrite(models as never, rest(args, 'models'));
  },
};

async function hasCollection(entities: Entities, args: Arguments, anyClient: MongoClient): Promise<boolean> {
  const names = await anyClient.db(String(args['databaseName'])).listCollections({}, { nameOnly: true }).toArray();
  return names.some(({ name }) => name === args['collectionName']);
}

const runnerOperations: Record<string, Run<MongoClient>> = {
  assertCollectionExists: async (client, args, entities) => {
    if (!(await hasCollection(entities, args, client))) throw new Error('The collection does not exist');
  },
  assertCollectionNotExists: async (client, args, entities) => {
    if (await hasCollection(entities, args, client)) throw new Error('The collection exists');
  },
  // The driver gives connections back after the callback that the test already saw.
  assertNumberConnectionsCheckedOut: () => pause(0),
  assertSameLsidOnLastTwoCommands: (_client, { client }, entities) => {
    const started = entities.eventsOf(String(client)).filter(({ kind }) => kind === 'commandStartedEvent');
    const [a, b] = started
      .slice(-2)
      .map(({ event }) => JSON.stringify((event as { command: Arguments }).command['lsid']));
    if (a === undefined || a !== b) throw new Error('The last two commands carry different sessions');
  },
};

/** Runs one operation of a test; `client` is for what the runner itself asks. */
export async function runOperation(operation: Operation, entities: Entities, client: MongoClient): Promise<unknown> {
  const target = operation.object === 'testRunner' ? client : entities.find(operation.object);
  const run = findRun(operation, target);
  if (!run) throw new Error(`The runner does not know the operation ${operation.name} on ${operation.object}`);
  return run(target as never, resolveArguments(operation.arguments ?? {}, entities), entities);
}

/** Sessions are named by entity, read preferences by a document. */
function resolveArguments(args: Arguments, entities: Entities): Arguments {
  const { session, readPreference } = args;
  return {
    ...args,
    ...(session !== undefined && { session: entities.find(String(session)) }),
    ...(readPreference !== undefined && { readPreference: (readPreference as { mode: string }).mode }),
  };
}

function findRun({ name, object }: Operation, target: unknown): Run<never> | undefined {
  if (object === 'testRunner') return runnerOperations[name];
  if (target instanceof MongoClient) return clientOperations[name];
  if (target instanceof GridFSBucket) return bucketOperations[name];
  if (typeof (target as Partial<AbstractCursor>).tryNext === 'function') return cursorOperations[name];
  const isDatabase = typeof (target as Partial<Db>).runCursorCommand === 'function';
  return isDatabase ? databaseOperations[name] : collectionOperations[name];
}
