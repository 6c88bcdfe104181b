import { insertDocument } from '../collection/write-document.ts';
import { checkCollectionName, ensureCollection } from '../server/engine.ts';
import { assertValidBson } from '../bson/validate.ts';
import { booleanOf, collectionNameOf, type CommandHandler, rawList } from './command.ts';
import { checkBatch, runStatements } from './write-statements.ts';

export const insert: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const documents = checkBatch(rawList(fields, 'documents'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    const collection = ensureCollection(engine, db, name);
    let n = 0;
    const writeErrors = runStatements(documents, isOrdered, (raw) => {
      assertValidBson(raw);
      insertDocument(engine, collection, raw);
      n++;
    });
    return writeErrors.length > 0 ? { n, writeErrors } : { n };
  });
};
