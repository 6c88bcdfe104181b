import type { Document } from 'bson';
import type { Raw } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Engine } from '../server/engine.ts';
import { buildUpsert, compileUpdate, type Update } from '../update/index.ts';
import type { Filter } from '../match/index.ts';
import { findFew, findFirst, findMany, piece, type Target } from './find-matches.ts';
import { insertDocument, replaceDocument } from './write-document.ts';

export interface UpdateRequest extends Target {
  update: Document | Document[];
  arrayFilters?: Document[] | undefined;
  upsert: boolean;
}

/** What became of an update; `before` and `after` are for findAndModify. */
export interface UpdateOutcome {
  matched: number;
  modified: number;
  before?: Raw;
  after?: Raw;
  /** The document that an upsert added. */
  upserted?: Raw;
}

/** Updates the first match, or inserts when nothing matches and `upsert` says so; inside a write transaction. */
export function updateOne(engine: Engine, collection: Collection, request: UpdateRequest): UpdateOutcome {
  const update = compile(request);
  const raw = findFirst(engine.store, collection, request);
  if (!raw) return request.upsert ? upsert(engine, collection, request, update) : { matched: 0, modified: 0 };
  const after = applyTo(engine, collection, update, raw);
  return { matched: 1, modified: after === raw ? 0 : 1, before: raw, after };
}

/** Updates all matches; inside a write transaction. Undefined, and nothing changed, when they are too many for one. */
export function updateFew(engine: Engine, collection: Collection, request: UpdateRequest): UpdateOutcome | undefined {
  const update = compile(request);
  const matches = findFew(engine.store, collection, request);
  if (!matches) return undefined;
  if (matches.keys.length === 0 && request.upsert) return upsert(engine, collection, request, update);
  return updateKeys(engine, collection, update, matches.keys);
}

/** Updates any number of matches, in pieces; what was changed before an error stays, as in MongoDB. */
export async function updateMany(
  engine: Engine,
  collection: Collection,
  request: UpdateRequest,
): Promise<UpdateOutcome> {
  const update = compile(request);
  const { keys, filter } = await findMany(engine.store, collection, request);
  if (keys.length === 0 && request.upsert) return engine.writes.run(() => updateOne(engine, collection, request));
  const total: UpdateOutcome = { matched: 0, modified: 0 };
  for (let at = 0; at < keys.length; at += piece) {
    const done = await engine.writes.run(() =>
      updateKeys(engine, collection, update, keys.slice(at, at + piece), filter),
    );
    total.matched += done.matched;
    total.modified += done.modified;
  }
  return total;
}

/** With a filter, documents that no longer match are left alone. */
function updateKeys(
  engine: Engine,
  collection: Collection,
  update: Update,
  keys: readonly Buffer[],
  filter?: Filter,
): UpdateOutcome {
  let matched = 0;
  let modified = 0;
  // Between two pieces the collection may have been dropped.
  if (!engine.catalog.byId(collection.id)) return { matched, modified };
  for (const key of keys) {
    const raw = engine.store.get('documents', key);
    if (!raw || filter?.test(raw) === false) continue;
    matched++;
    if (applyTo(engine, collection, update, raw) !== raw) modified++;
  }
  return { matched, modified };
}

function compile({ update, arrayFilters, filter, let: variables }: UpdateRequest): Update {
  return compileUpdate(update, { arrayFilters, filter, let: variables });
}

function applyTo(engine: Engine, collection: Collection, update: Update, raw: Raw): Raw {
  const after = update.apply(raw);
  if (after !== raw) replaceDocument(engine, collection, raw, after, update.touched);
  return after;
}

function upsert(engine: Engine, collection: Collection, request: UpdateRequest, update: Update): UpdateOutcome {
  const upserted = insertDocument(engine, collection, buildUpsert(request.filter, update));
  return { matched: 0, modified: 0, upserted, after: upserted };
}
