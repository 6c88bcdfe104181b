import type { Document } from 'bson';
import type { Raw } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Engine } from '../server/engine.ts';
import { buildUpsert, compileUpdate, type Update } from '../update/index.ts';
import { findFirst, forEachMatch, type Target } from './find-matches.ts';
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
  const { raw } = findFirst(engine.store, collection, request);
  if (!raw) return request.upsert ? upsert(engine, collection, request, update) : { matched: 0, modified: 0 };
  const after = applyTo(engine, collection, update, raw);
  return { matched: 1, modified: after === raw ? 0 : 1, before: raw, after };
}

/** Updates all matches; inside a write transaction. What was changed before an error stays, as in MongoDB. */
export function updateMany(engine: Engine, collection: Collection, request: UpdateRequest): UpdateOutcome {
  const update = compile(request);
  let matched = 0;
  let modified = 0;
  forEachMatch(engine.store, collection, request, (raw) => {
    matched++;
    if (applyTo(engine, collection, update, raw) !== raw) modified++;
  });
  return matched === 0 && request.upsert ? upsert(engine, collection, request, update) : { matched, modified };
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
