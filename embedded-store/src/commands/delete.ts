import type { Document } from 'bson';
import { StoreError } from '../bson/index.ts';
import { findFirst, forEachMatch, type Target } from '../collection/find-matches.ts';
import { removeDocument } from '../collection/write-document.ts';
import { checkCollectionName, type Engine } from '../server/engine.ts';
import {
  booleanOf,
  collectionNameOf,
  type CommandHandler,
  optionalDocument,
  optionalNumber,
  rawList,
} from './command.ts';
import { readStatements, runStatements } from './write-statements.ts';

export const deleteDocuments: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = readStatements('delete.deletes', rawList(fields, 'deletes'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    let n = 0;
    const writeErrors = runStatements(statements, isOrdered, (statement) => {
      n += runStatement(engine, db, name, statement, variables);
    });
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
