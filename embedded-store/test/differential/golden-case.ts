import type { Collection, Db, Document } from 'mongodb';
import { showDocuments } from './outcome.ts';

export type GoldenArea =
  | 'filter'
  | 'filter by index'
  | 'filter in $match'
  | 'refused filter'
  | 'projection'
  | 'update'
  | 'pipeline'
  | 'expression'
  | 'date expression';

/** A golden case as a question to a server; both outcomes are texts, types kept. */
export interface GoldenCase {
  area: GoldenArea;
  /** What is asked and of what; the table of cases that cannot be asked refers to it. */
  name: string;
  expected: string;
  ask(db: Db): Promise<string>;
}

/** The `_id` of a case's document that has none: every stored document has one. */
export const givenId = 1;

/** The same document with an `_id` in front. */
export function withId(document: Document): Document {
  return '_id' in document ? document : { _id: givenId, ...document };
}

/** A collection that holds these documents and no others. Indexes stay, so that a case can have them. */
export async function fill(db: Db, name: string, documents: readonly Document[]): Promise<Collection> {
  const collection = db.collection(name);
  await collection.deleteMany({});
  if (documents.length > 0) await collection.insertMany([...documents]);
  return collection;
}

const filled = new WeakMap<Db, Map<string, string>>();

/** As `fill`, for cases that only read: what is there already is not written again, which is most of the time. */
export async function fillOnce(db: Db, name: string, documents: readonly Document[]): Promise<Collection> {
  const known = filled.get(db) ?? new Map<string, string>();
  filled.set(db, known);
  const wanted = showDocuments(documents);
  if (known.get(name) === wanted) return db.collection(name);
  known.delete(name);
  const collection = await fill(db, name, documents);
  known.set(name, wanted);
  return collection;
}
