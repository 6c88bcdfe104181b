import type { Document } from 'bson';
import { type Raw, RawDocument, StoreError } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { findFirst } from '../collection/find-matches.ts';
import { type UpdateOutcome, updateOne } from '../collection/update-document.ts';
import { removeDocument } from '../collection/write-document.ts';
import { compileFilter, compileProjection } from '../match/index.ts';
import { checkCollectionName, type Engine, ensureCollection } from '../server/engine.ts';
import { type CommandHandler, booleanOf, collectionNameOf, optionalArray, optionalDocument } from './command.ts';
import { idValueOf, readUpdate } from './update.ts';

export const findAndModify: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const isRemove = booleanOf(fields, 'remove');
  const isUpsert = booleanOf(fields, 'upsert');
  checkCombination(fields, isRemove, isUpsert);
  return engine.writes.run(() => {
    const collection = isUpsert ? ensureCollection(engine, db, name) : engine.catalog.find(db, name);
    if (!collection) return isRemove ? removed(undefined, fields) : updated({ matched: 0, modified: 0 }, fields);
    if (!isRemove) return updated(modify(engine, collection, fields, isUpsert), fields);
    const raw = findFirst(engine.store, collection, targetOf(fields));
    if (raw) removeDocument(engine, collection, raw);
    return removed(raw, fields);
  });
};

function targetOf(fields: Record<string, unknown>) {
  return {
    filter: optionalDocument(fields, 'query') ?? {},
    sort: optionalDocument(fields, 'sort'),
    let: optionalDocument(fields, 'let'),
    hint: fields['hint'],
  };
}

function modify(
  engine: Engine,
  collection: Collection,
  fields: Record<string, unknown>,
  upsert: boolean,
): UpdateOutcome {
  return updateOne(engine, collection, {
    ...targetOf(fields),
    update: readUpdate(fields['update']),
    arrayFilters: optionalArray(fields, 'arrayFilters') as Document[] | undefined,
    upsert,
  });
}

function checkCombination(fields: Record<string, unknown>, isRemove: boolean, isUpsert: boolean): void {
  const hasUpdate = fields['update'] !== undefined;
  if (isRemove && hasUpdate) throw new StoreError(9, "Cannot specify both an 'update' and 'remove'=true");
  if (!isRemove && !hasUpdate) throw new StoreError(9, "Either an 'update' or 'remove'=true must be specified");
  if (isRemove && isUpsert) throw new StoreError(9, "Cannot specify both 'upsert'=true and 'remove'=true");
  if (isRemove && booleanOf(fields, 'new')) {
    throw new StoreError(
      9,
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  }
}

function removed(raw: Raw | undefined, fields: Record<string, unknown>): Document {
  return { lastErrorObject: { n: raw ? 1 : 0 }, value: shape(raw, fields) };
}

function updated(outcome: UpdateOutcome, fields: Record<string, unknown>): Document {
  const { matched, before, after, upserted } = outcome;
  return {
    lastErrorObject: {
      n: matched + (upserted ? 1 : 0),
      updatedExisting: matched > 0,
      ...(upserted && { upserted: idValueOf(upserted) }),
    },
    value: shape(booleanOf(fields, 'new') ? after : before, fields),
  };
}

function shape(raw: Raw | undefined, fields: Record<string, unknown>): RawDocument | null {
  if (!raw) return null;
  const projection = optionalDocument(fields, 'fields');
  if (!projection || Object.keys(projection).length === 0) return new RawDocument(raw);
  const filter = compileFilter(optionalDocument(fields, 'query') ?? {});
  return new RawDocument(compileProjection(projection, { filter })(raw));
}
