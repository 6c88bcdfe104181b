import type { Document } from 'bson';
import { decodeDocument, decodeValue, readField, type Raw, StoreError } from '../bson/index.ts';
import { type UpdateOutcome, type UpdateRequest, updateMany, updateOne } from '../collection/update-document.ts';
import { checkCollectionName, type Engine, ensureCollection } from '../server/engine.ts';
import {
  type CommandHandler,
  booleanOf,
  collectionNameOf,
  optionalArray,
  optionalDocument,
  rawList,
} from './command.ts';
import { checkFields } from './check-fields.ts';
import { checkBatch, writeErrorOf } from './write-errors.ts';

interface Tally {
  n: number;
  nModified: number;
  upserted: Document[];
  writeErrors: Document[];
}

export const update: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = checkBatch(rawList(fields, 'updates'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    const tally: Tally = { n: 0, nModified: 0, upserted: [], writeErrors: [] };
    for (const [index, raw] of statements.entries()) {
      try {
        runStatement(engine, db, name, decodeDocument(raw), variables, index, tally);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        tally.writeErrors.push(writeErrorOf(error, index));
        if (isOrdered) break;
      }
    }
    const { n, nModified, upserted, writeErrors } = tally;
    return { n, nModified, ...(upserted.length && { upserted }), ...(writeErrors.length && { writeErrors }) };
  });
};

function runStatement(
  engine: Engine,
  db: string,
  name: string,
  statement: Document,
  variables: Document | undefined,
  index: number,
  tally: Tally,
): void {
  checkFields('update.updates', Object.keys(statement));
  const request: UpdateRequest = {
    filter: optionalDocument(statement, 'q') ?? {},
    update: readUpdate(statement['u']),
    upsert: booleanOf(statement, 'upsert'),
    arrayFilters: optionalArray(statement, 'arrayFilters') as Document[] | undefined,
    hint: statement['hint'],
    sort: optionalDocument(statement, 'sort'),
    let: variables,
  };
  const isMulti = booleanOf(statement, 'multi');
  checkMulti(request, isMulti);
  const collection = request.upsert ? ensureCollection(engine, db, name) : engine.catalog.find(db, name);
  const outcome: UpdateOutcome = collection
    ? (isMulti ? updateMany : updateOne)(engine, collection, request)
    : { matched: 0, modified: 0 };
  tally.nModified += outcome.modified;
  tally.n += outcome.matched + (outcome.upserted ? 1 : 0);
  if (outcome.upserted) tally.upserted.push({ index, _id: idValueOf(outcome.upserted) });
}

export function readUpdate(value: unknown): Document | Document[] {
  if (Array.isArray(value)) return value as Document[];
  if (typeof value === 'object' && value !== null) return value as Document;
  throw new StoreError(9, 'Update argument must be either an object or an array');
}

function checkMulti(request: UpdateRequest, isMulti: boolean): void {
  if (!isMulti) return;
  if (request.sort) throw new StoreError(9, 'Cannot specify sort with multi=true');
  if (!Array.isArray(request.update) && !Object.keys(request.update)[0]?.startsWith('$')) {
    throw new StoreError(9, 'multi update is not supported for replacement-style update');
  }
}

export function idValueOf(raw: Raw): unknown {
  const field = readField(raw, '_id');
  return field ? decodeValue(raw, field.type, field.start) : null;
}
