import { Binary, type Document } from 'bson';
import { encodeDocument, StoreError } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { streamOf } from '../cursor/document-stream.ts';
import { compileFilter } from '../match/index.ts';
import { checkCollectionName, requireCollection } from '../server/engine.ts';
import { checkFields } from './check-fields.ts';
import { type CommandHandler, booleanOf, collectionNameOf, optionalCount, optionalDocument } from './command.ts';
import { replyWithCursor } from './cursor-commands.ts';
import { checkExpiry } from '../index/index-spec.ts';
import { findIndex } from '../plan/choose-plan.ts';
import { describeIdIndex } from './index-commands.ts';

const storedOptions = ['storageEngine'];

export const create: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  return engine.writes.run(() => {
    if (engine.catalog.find(db, name)) throw new StoreError(48, `Collection ${db}.${name} already exists.`);
    const options = Object.fromEntries(Object.entries(fields).filter(([key]) => storedOptions.includes(key)));
    engine.catalog.create(db, name, options);
    return {};
  });
};

export const drop: CommandHandler = (request) => {
  const { engine, db } = request;
  const name = collectionNameOf(request);
  return engine.writes.run(() => {
    const collection = engine.catalog.find(db, name);
    // Since 7.0 dropping what is not there is no error.
    if (!collection) return {};
    engine.catalog.drop(collection);
    return { nIndexesWas: collection.indexes.length + 1, ns: `${db}.${name}` };
  });
};

export const dropDatabase: CommandHandler = ({ engine, db }) =>
  engine.writes.run(() => {
    const collections = engine.catalog.listCollections(db);
    for (const collection of collections) engine.catalog.drop(collection);
    return collections.length > 0 ? { dropped: db } : {};
  });

export const renameCollection: CommandHandler = ({ engine, fields }) => {
  const [fromDb, from] = splitNamespace(fields['renameCollection']);
  const [toDb, to] = splitNamespace(fields['to']);
  checkCollectionName(toDb, to);
  return engine.writes.run(() => {
    const collection = engine.catalog.find(fromDb, from);
    if (!collection) throw new StoreError(26, `Source collection ${fromDb}.${from} does not exist`);
    const target = engine.catalog.find(toDb, to);
    if (target === collection) throw new StoreError(20, "Can't rename a collection to itself");
    if (target && !booleanOf(fields, 'dropTarget')) throw new StoreError(48, 'target namespace exists');
    if (target) engine.catalog.drop(target);
    engine.catalog.rename(collection, toDb, to);
    return {};
  });
};

export const listCollections: CommandHandler = ({ engine, db, fields }) => {
  const isNameOnly = booleanOf(fields, 'nameOnly');
  const filter = compileFilter(optionalDocument(fields, 'filter') ?? {});
  const shown = engine.catalog
    .listCollections(db)
    .map((collection) => ({ collection, raw: encodeDocument(describeCollection(collection)) }))
    .filter(({ raw }) => filter.test(raw))
    .map(({ collection, raw }) => (isNameOnly ? encodeDocument({ name: collection.name, type: 'collection' }) : raw));
  const cursor = optionalDocument(fields, 'cursor') ?? {};
  return replyWithCursor(engine, `${db}.$cmd.listCollections`, streamOf(shown), {
    batchSize: optionalCount(cursor, 'batchSize') ?? Number.POSITIVE_INFINITY,
  });
};

function describeCollection(collection: Collection): Document {
  return {
    name: collection.name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid: new Binary(Buffer.from(collection.uuid), Binary.SUBTYPE_UUID) },
    idIndex: describeIdIndex(),
  };
}

export const listDatabases: CommandHandler = ({ engine, fields }) => {
  const isNameOnly = booleanOf(fields, 'nameOnly');
  const filter = compileFilter(optionalDocument(fields, 'filter') ?? {});
  const databases = engine.catalog
    .listDatabases()
    .map((name) => {
      const collections = engine.catalog.listCollections(name);
      const sizeOnDisk = collections.reduce((sum, collection) => sum + collection.bytes, 0);
      return { name, sizeOnDisk, empty: collections.every((collection) => collection.count === 0) };
    })
    .filter((described) => filter.test(encodeDocument(described)));
  if (isNameOnly) return { databases: databases.map(({ name }) => ({ name })) };
  const totalSize = engine.store.sizeOnDisk();
  return { databases, totalSize, totalSizeMb: Math.floor(totalSize / 1024 / 1024) };
};

export const collStats: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = collectionNameOf(request);
  const scale = optionalCount(fields, 'scale') || 1;
  const collection = engine.catalog.find(db, name);
  const size = Math.floor((collection?.bytes ?? 0) / scale);
  const count = collection?.count ?? 0;
  return {
    ns: `${db}.${name}`,
    size,
    count,
    ...(count > 0 && { avgObjSize: Math.round((collection?.bytes ?? 0) / count) }),
    storageSize: size,
    nindexes: collection ? collection.indexes.length + 1 : 0,
    scaleFactor: scale,
  };
};

export const dbStats: CommandHandler = ({ engine, db, fields }) => {
  const scale = optionalCount(fields, 'scale') || 1;
  const collections = engine.catalog.listCollections(db);
  const bytes = collections.reduce((sum, collection) => sum + collection.bytes, 0);
  const objects = collections.reduce((sum, collection) => sum + collection.count, 0);
  return {
    db,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? bytes / objects : 0,
    dataSize: bytes / scale,
    storageSize: bytes / scale,
    indexes: collections.reduce((sum, collection) => sum + collection.indexes.length + 1, 0),
    scaleFactor: scale,
  };
};

/** Only the life span of a TTL index and an index's visibility can be changed. */
export const collMod: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = collectionNameOf(request);
  const change = optionalDocument(fields, 'index');
  if (change) checkFields('collMod.index', Object.keys(change));
  return engine.writes.run(() => {
    const collection = requireCollection(engine, db, name);
    if (!change) return {};
    return modifyIndex(request.engine, collection, change);
  });
};

function modifyIndex(
  { catalog }: Parameters<CommandHandler>[0]['engine'],
  collection: Collection,
  change: Document,
): Document {
  const index = findIndex(collection, change['name'] ?? change['keyPattern']);
  if (!index)
    throw new StoreError(
      27,
      `cannot find index ${String(change['name'] ?? '')} for ns ${collection.db}.${collection.name}`,
    );
  const reply: Document = {};
  const seconds = change['expireAfterSeconds'];
  if (seconds !== undefined) {
    reply['expireAfterSeconds_old'] = index.expireAfterSeconds;
    index.expireAfterSeconds = checkExpiry(seconds, index.fields.length);
    reply['expireAfterSeconds_new'] = index.expireAfterSeconds;
  }
  if (change['hidden'] !== undefined) {
    reply['hidden_old'] = index.isHidden;
    index.isHidden = change['hidden'] === true;
    reply['hidden_new'] = index.isHidden;
  }
  catalog.save(collection);
  return reply;
}

function splitNamespace(value: unknown): [db: string, name: string] {
  const dot = typeof value === 'string' ? value.indexOf('.') : -1;
  if (typeof value !== 'string' || dot < 1) throw new StoreError(73, `Invalid namespace specified '${String(value)}'`);
  return [value.slice(0, dot), value.slice(dot + 1)];
}
