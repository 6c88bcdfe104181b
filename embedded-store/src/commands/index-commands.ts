import type { Document } from 'bson';
import { encodeDocument, StoreError } from '../bson/index.ts';
import { type Collection, idIndexName, type IndexDefinition, namespaceOf } from '../catalog/collection.ts';
import { streamOf } from '../cursor/document-stream.ts';
import { buildIndex, isSameIndex, isSameKey } from '../index/build-index.ts';
import { type NewIndex, readIndexSpec } from '../index/index-spec.ts';
import { findIndex, isPattern } from '../plan/choose-plan.ts';
import { checkCollectionName, ensureCollection, requireCollection } from '../server/engine.ts';
import { type CommandHandler, collectionNameOf, optionalArray, optionalCount, optionalDocument } from './command.ts';
import { replyWithCursor } from './cursor-commands.ts';

const maxIndexes = 64;

export const createIndexes: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const given = optionalArray(fields, 'indexes') ?? [];
  if (given.length === 0) throw new StoreError(2, 'Must specify at least one index to create');
  const specs = given.map(readIndexSpec).filter((spec) => !isIdSpec(spec));
  return engine.writes.run(() => {
    const existed = engine.catalog.find(db, name) !== undefined;
    const collection = ensureCollection(engine, db, name);
    const numIndexesBefore = collection.indexes.length + 1;
    // All are checked before the first is built.
    const missing = specs.filter((spec) => !isPresent(collection, spec));
    if (numIndexesBefore + missing.length > maxIndexes) {
      throw new StoreError(67, `add index fails, too many indexes for ${namespaceOf(collection)}`);
    }
    const built: IndexDefinition[] = [];
    try {
      for (const spec of missing) built.push(buildIndex(engine, collection, spec));
    } catch (error) {
      for (const index of built) engine.catalog.removeIndex(collection, index);
      if (!existed) engine.catalog.drop(collection);
      throw error;
    }
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length + 1,
      createdCollectionAutomatically: !existed,
      ...(missing.length === 0 && { note: 'all indexes already exist' }),
    };
  });
};

function isIdSpec(spec: NewIndex): boolean {
  return spec.fields.length === 1 && spec.fields[0]?.[0] === '_id' && spec.fields[0][1] === 1;
}

/** Whether the same index is there already; throws when the name or the key stands for another one (85, 86). */
function isPresent(collection: Collection, spec: NewIndex): boolean {
  for (const index of collection.indexes) {
    const sameOptions =
      index.isUnique === spec.isUnique &&
      index.isSparse === spec.isSparse &&
      index.expireAfterSeconds === spec.expireAfterSeconds;
    if (index.name === spec.name) {
      if (isSameIndex(index, spec) && sameOptions) return true;
      throw new StoreError(
        isSameKey(index, spec) ? 85 : 86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto ` +
          `generated and can cause conflicts. Please refer to our documentation. Requested index: ${showIndex(spec)}, ` +
          `existing index: ${showIndex(index)}`,
      );
    }
    if (isSameIndex(index, spec)) {
      throw new StoreError(85, `Index already exists with a different name: ${index.name}`);
    }
  }
  return false;
}

function showIndex(index: NewIndex): string {
  return JSON.stringify(describeIndex(index));
}

export const dropIndexes: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = collectionNameOf(request);
  return engine.writes.run(() => {
    const collection = requireCollection(engine, db, name);
    const nIndexesWas = collection.indexes.length + 1;
    for (const index of indexesToDrop(collection, fields['index'])) engine.catalog.removeIndex(collection, index);
    return { nIndexesWas };
  });
};

function indexesToDrop(collection: Collection, asked: unknown): IndexDefinition[] {
  if (asked === '*') return collection.indexes;
  const list = Array.isArray(asked) ? asked : [asked];
  return list.map((one) => {
    if (one === idIndexName || isPattern(one, [['_id', 1]])) throw new StoreError(72, 'cannot drop _id index');
    const index = findIndex(collection, one);
    if (!index) {
      throw new StoreError(
        27,
        typeof one === 'string'
          ? `index not found with name [${one}]`
          : `can't find index with key: ${JSON.stringify(one)}`,
      );
    }
    return index;
  });
}

export const listIndexes: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = collectionNameOf(request);
  const collection = engine.catalog.find(db, name);
  if (!collection) throw new StoreError(26, `ns does not exist: ${db}.${name}`);
  const documents = [describeIdIndex(), ...collection.indexes.map(describeIndex)].map((described) =>
    encodeDocument(described),
  );
  const cursor = optionalDocument(fields, 'cursor') ?? {};
  return replyWithCursor(engine, `${db}.${name}`, streamOf(documents), {
    batchSize: optionalCount(cursor, 'batchSize') ?? Number.POSITIVE_INFINITY,
  });
};

export function describeIdIndex(): Document {
  return { v: 2, key: { _id: 1 }, name: idIndexName };
}

/** What `$indexStats` says; use is not counted. */
export function indexUse(collection: Collection): Document[] {
  return [describeIdIndex(), ...collection.indexes.map(describeIndex)].map(({ name, key, ...rest }) => ({
    name,
    key,
    host: 'embedded-store',
    accesses: { ops: 0, since: new Date() },
    spec: { name, key, ...rest },
  }));
}

export function describeIndex(index: NewIndex): Document {
  return {
    v: 2,
    // A Map keeps the order of fields that look like numbers.
    key: new Map(index.fields),
    name: index.name,
    ...(index.isUnique && { unique: true }),
    ...(index.isSparse && { sparse: true }),
    ...(index.isHidden && { hidden: true }),
    ...(index.partialFilter && { partialFilterExpression: index.partialFilter }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
  };
}
