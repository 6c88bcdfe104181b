import type { Document } from 'bson';
import { StoreError } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { removeFew, removeMany, removeOne } from '../collection/remove-matches.ts';
import type { Target } from '../collection/find-matches.ts';
import { checkCollectionName } from '../server/engine.ts';
import {
  booleanOf,
  collectionNameOf,
  type CommandHandler,
  optionalDocument,
  optionalNumber,
  rawList,
} from './command.ts';
import { readStatements, runStatements, tooLarge } from './write-statements.ts';

export const deleteDocuments: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const variables = optionalDocument(fields, 'let');
  const statements = readStatements('delete.deletes', rawList(fields, 'deletes'));
  const find = (): Collection | undefined => engine.catalog.find(db, name);
  const { results, writeErrors } = await runStatements(engine.writes, statements, booleanOf(fields, 'ordered', true), {
    run: (statement) => {
      const { target, isSingle } = readStatement(statement, variables);
      const collection = find();
      if (!collection) return 0;
      return isSingle ? removeOne(engine, collection, target) : (removeFew(engine, collection, target) ?? tooLarge);
    },
    runLarge: async (statement) => {
      const collection = find();
      return collection ? removeMany(engine, collection, readStatement(statement, variables).target) : 0;
    },
  });
  const n = results.reduce((sum, [, removed]) => sum + removed, 0);
  return { n, ...(writeErrors.length && { writeErrors }) };
};

function readStatement(statement: Document, variables: Document | undefined): { target: Target; isSingle: boolean } {
  const limit = optionalNumber(statement, 'limit');
  if (limit !== 0 && limit !== 1) {
    throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
  }
  const target = { filter: optionalDocument(statement, 'q') ?? {}, hint: statement['hint'], let: variables };
  return { target, isSingle: limit === 1 };
}
