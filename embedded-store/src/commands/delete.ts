import type { Document } from 'bson';
import { decodeDocument, StoreError } from '../bson/index.ts';
import { findFirst, forEachMatch, type Target } from '../collection/find-matches.ts';
import { removeDocument } from '../collection/write-document.ts';
import { checkCollectionName, type Engine } from '../server/engine.ts';
import { checkFields } from './check-fields.ts';
import {
  type CommandHandler,
  booleanOf,
  collectionNameOf,
  optionalDocument,
  optionalNumber,
  rawList,
} from './command.ts';
import { checkBatch, writeErrorOf } from './write-errors.ts';

export const deleteDocuments: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = checkBatch(rawList(fields, 'deletes'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    const writeErrors: Document[] = [];
    let n = 0;
    for (const [index, raw] of statements.entries()) {
      try {
        n += runStatement(engine, db, name, decodeDocument(raw), variables);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        writeErrors.push(writeErrorOf(error, index));
        if (isOrdered) break;
      }
    }
    return writeErrors.length > 0 ? { n, writeErrors } : { n };
  });
};

function runStatement(
  engine: Engine,
  db: string,
  name: string,
  statement: Document,
  variables: Document | undefined,
): number {
  checkFields('delete.deletes', Object.keys(statement));
  const limit = optionalNumber(statement, 'limit');
  if (limit !== 0 && limit !== 1) {
    throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
  }
  const collection = engine.catalog.find(db, name);
  if (!collection) return 0;
  const target: Target = {
    filter: optionalDocument(statement, 'q') ?? {},
    hint: statement['hint'],
    let: variables,
  };
  if (limit === 1) {
    const { raw } = findFirst(engine.store, collection, target);
    if (raw) removeDocument(engine, collection, raw);
    return raw ? 1 : 0;
  }
  let removed = 0;
  forEachMatch(engine.store, collection, target, (raw) => {
    removeDocument(engine, collection, raw);
    removed++;
  });
  return removed;
}
