import type { Document } from 'bson';
import { StoreError } from '../bson/index.ts';
import { insertDocument } from '../collection/write-document.ts';
import { checkCollectionName, ensureCollection } from '../server/engine.ts';
import { checkDocument } from '../wire/check-document.ts';
import { type CommandHandler, booleanOf, collectionNameOf, rawList } from './command.ts';
import { checkBatch, writeErrorOf } from './write-errors.ts';

export const insert: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = checkCollectionName(db, collectionNameOf(request));
  const documents = checkBatch(rawList(fields, 'documents'));
  const isOrdered = booleanOf(fields, 'ordered', true);
  return engine.writes.run(() => {
    const collection = ensureCollection(engine, db, name);
    const writeErrors: Document[] = [];
    let n = 0;
    for (const [index, raw] of documents.entries()) {
      try {
        checkDocument(raw);
        insertDocument(engine, collection, raw);
        n++;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        writeErrors.push(writeErrorOf(error, index));
        if (isOrdered) break;
      }
    }
    return writeErrors.length > 0 ? { n, writeErrors } : { n };
  });
};
