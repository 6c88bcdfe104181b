import type { Document } from 'bson';
import { decodeValue, type Raw, readField, StoreError } from '../bson/index.ts';
import { type UpdateOutcome, type UpdateRequest, updateMany, updateOne } from '../collection/update-document.ts';
import { checkCollectionName, type Engine, ensureCollection } from '../server/engine.ts';
import {
  booleanOf,
  collectionNameOf,
  type CommandHandler,
  optionalArray,
  optionalDocument,
  rawList,
} from './command.ts';
import { readStatements, runStatements } from './write-statements.ts';

export const update: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = readStatements('update.updates', rawList(fields, 'updates'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    let n = 0;
    let nModified = 0;
    const upserted: Document[] = [];
    const writeErrors = runStatements(statements, isOrdered, (statement, index) => {
      const outcome = runStatement(engine, db, name, statement, variables);
      n += outcome.matched + (outcome.upserted ? 1 : 0);
      nModified += outcome.modified;
      if (outcome.upserted) upserted.push({ index, _id: idValueOf(outcome.upserted) });
    });
    return { n, nModified, ...(upserted.length && { upserted }), ...(writeErrors.length && { writeErrors }) };
  });
};

function runStatement(
  engine: Engine,
  db: string,
  name: string,
  statement: Document,
  variables: Document | undefined,
): UpdateOutcome {
  const request: UpdateRequest = {
    filter: optionalDocument(statement, 'q') ?? {},
    update: readUpdate(statement['u']),
    upsert: booleanOf(statement, 'upsert'),
    arrayFilters: optionalArray(statement, 'arrayFilters') as Document[] | undefined,
    hint: statement['hint'],
    let: variables,
  };
  const isMulti = booleanOf(statement, 'multi');
  if (isMulti && isReplacement(request.update)) {
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  }
  const collection = request.upsert ? ensureCollection(engine, db, name) : engine.catalog.find(db, name);
  if (!collection) return { matched: 0, modified: 0 };
  return (isMulti ? updateMany : updateOne)(engine, collection, request);
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
