import { assertValidBson } from '../bson/index.ts';
import { insertDocument } from '../collection/write-document.ts';
import { checkCollectionName, ensureCollection } from '../server/engine.ts';
import { booleanOf, collectionNameOf, type CommandHandler, rawList } from './command.ts';
import { checkBatch, runStatements } from './write-statements.ts';

export const insert: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const documents = checkBatch(rawList(fields, 'documents'));
  const { results, writeErrors } = await runStatements(engine.writes, documents, booleanOf(fields, 'ordered', true), {
    run: (raw) => {
      assertValidBson(raw);
      insertDocument(engine, ensureCollection(engine, db, name), raw);
    },
  });
  return { n: results.length, ...(writeErrors.length && { writeErrors }) };
};
