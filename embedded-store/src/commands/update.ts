import type { Document } from 'bson';
import { decodeValue, type Raw, readField, StoreError } from '../bson/index.ts';
import {
  updateFew,
  type UpdateOutcome,
  type UpdateRequest,
  updateMany,
  updateOne,
} from '../collection/update-document.ts';
import { checkCollectionName, ensureCollection } from '../server/engine.ts';
import {
  booleanOf,
  collectionNameOf,
  type CommandHandler,
  optionalArray,
  optionalDocument,
  rawList,
} from './command.ts';
import { readStatements, runStatements, tooLarge } from './write-statements.ts';

export const update: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = readStatements('update.updates', rawList(fields, 'updates'));
  const { results, writeErrors } = await runStatements(engine.writes, statements, booleanOf(fields, 'ordered', true), {
    run: (statement): UpdateOutcome | typeof tooLarge => {
      const { update, isMulti } = readStatement(statement, variables);
      const collection = update.upsert ? ensureCollection(engine, db, name) : engine.catalog.find(db, name);
      if (!collection) return nothing;
      return isMulti ? (updateFew(engine, collection, update) ?? tooLarge) : updateOne(engine, collection, update);
    },
    runLarge: async (statement) => {
      const collection = engine.catalog.find(db, name);
      return collection ? updateMany(engine, collection, readStatement(statement, variables).update) : nothing;
    },
  });
  let n = 0;
  let nModified = 0;
  const upserted: Document[] = [];
  for (const [index, outcome] of results) {
    n += outcome.matched + (outcome.upserted ? 1 : 0);
    nModified += outcome.modified;
    if (outcome.upserted) upserted.push({ index, _id: idValueOf(outcome.upserted) });
  }
  return { n, nModified, ...(upserted.length && { upserted }), ...(writeErrors.length && { writeErrors }) };
};

const nothing: UpdateOutcome = { matched: 0, modified: 0 };

function readStatement(
  statement: Document,
  variables: Document | undefined,
): { update: UpdateRequest; isMulti: boolean } {
  const update: UpdateRequest = {
    filter: optionalDocument(statement, 'q') ?? {},
    update: readUpdate(statement['u']),
    upsert: booleanOf(statement, 'upsert'),
    arrayFilters: optionalArray(statement, 'arrayFilters') as Document[] | undefined,
    hint: statement['hint'],
    let: variables,
  };
  const isMulti = booleanOf(statement, 'multi');
  if (isMulti && isReplacement(update.update)) {
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  }
  return { update, isMulti };
}

export function readUpdate(value: unknown): Document | Document[] {
  if (Array.isArray(value)) return value as Document[];
  if (typeof value === 'object' && value !== null) return value as Document;
  throw new StoreError(9, 'Update argument must be either an object or an array');
}

function isReplacement(update: Document | Document[]): boolean {
  return !Array.isArray(update) && !Object.keys(update)[0]?.startsWith('$');
}

export function idValueOf(raw: Raw): unknown {
  const field = readField(raw, '_id');
  return field ? decodeValue(raw, field.type, field.start) : null;
}
