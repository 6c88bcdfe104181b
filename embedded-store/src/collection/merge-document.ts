import type { WritesTo } from '../aggregate/index.ts';
import {
  compareBson,
  decodeField,
  entriesOf,
  type Raw,
  RawDocument,
  StoreError,
  encodeDocument,
} from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Engine } from '../server/engine.ts';
import { compileUpdate } from '../update/index.ts';
import { findFirst } from './find-matches.ts';
import { insertDocument, replaceDocument } from './write-document.ts';

type MergeOutput = Extract<WritesTo, { kind: '$merge' }>;

/** One document of a `$merge`, by `on`, `whenMatched` and `whenNotMatched`; inside a write transaction. */
export function mergeDocument(engine: Engine, collection: Collection, raw: Raw, output: MergeOutput): void {
  const on = output.on ?? ['_id'];
  checkOn(collection, on);
  const filter = Object.fromEntries(on.map((path) => [path, { $eq: decodeField(raw, path) ?? null }]));
  const before = findFirst(engine.store, collection, { filter });
  if (!before) return whenNotMatched(engine, collection, raw, output.whenNotMatched);
  const whenMatched = output.whenMatched;
  if (whenMatched === 'keepExisting') return;
  if (whenMatched === 'fail') {
    throw new StoreError(11000, '$merge found a document that matches, and whenMatched is "fail".');
  }
  const after = Array.isArray(whenMatched)
    ? compileUpdate(whenMatched, { filter, let: { ...output.let, new: new RawDocument(raw) } }).apply(before, {})
    : whenMatched === 'replace'
      ? withIdOf(before, raw)
      : mergeFields(before, raw);
  if (Buffer.compare(after, before) !== 0) replaceDocument(engine, collection, before, after, 'all');
}

function whenNotMatched(engine: Engine, collection: Collection, raw: Raw, action: string): void {
  if (action === 'discard') return;
  if (action === 'fail')
    throw new StoreError(13113, '$merge could not find a matching document in the target collection');
  insertDocument(engine, collection, raw);
}

function checkOn(collection: Collection, on: readonly string[]): void {
  if (on.length === 1 && on[0] === '_id') return;
  const isUnique = collection.indexes.some(
    (index) =>
      index.isUnique &&
      !index.partialFilter &&
      isSameSet(
        index.fields.map(([path]) => path),
        on,
      ),
  );
  if (!isUnique) throw new StoreError(51183, 'Cannot find index to verify that join fields will be unique');
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path) => b.includes(path));
}

function mergeFields(before: Raw, raw: Raw): Raw {
  const merged = new Map(new RawDocument(before).entries());
  for (const [name, value] of entriesOf(new RawDocument(raw))) {
    if (name === '_id' && compareBson(merged.get('_id'), value) !== 0) throw changesId();
    merged.set(name, value);
  }
  return encodeDocument(merged);
}

function withIdOf(before: Raw, raw: Raw): Raw {
  const id = new RawDocument(before).get('_id');
  const given = new Map(new RawDocument(raw).entries());
  if (given.has('_id') && compareBson(given.get('_id'), id) !== 0) throw changesId();
  given.delete('_id');
  return encodeDocument(new Map([['_id', id], ...given]));
}

function changesId(): StoreError {
  return new StoreError(66, '$merge failed to update the matching document: it would change the immutable field _id');
}
