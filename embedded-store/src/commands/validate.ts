import type { Document } from 'bson';
import { keyOfId } from '../bson/index.ts';
import type { Collection, IndexDefinition } from '../catalog/collection.ts';
import { giveWay } from '../cursor/document-stream.ts';
import { cutId, prefixRange } from '../index/entry-key.ts';
import { entriesOf } from '../index/index-entries.ts';
import { type Engine, requireCollection } from '../server/engine.ts';
import { afterKey } from '../storage/key-bytes.ts';
import { assertValidBson } from '../bson/validate.ts';
import { type CommandHandler, collectionNameOf } from './command.ts';

const maxReported = 100;
const piece = 500;

/** Checks a collection for real: every document against every index entry it should have, and every entry back. */
export const validate: CommandHandler = async (request) => {
  const { engine, db } = request;
  const name = collectionNameOf(request);
  const collection = requireCollection(engine, db, name);
  return { ns: `${db}.${name}`, ...(await validateCollection(engine, collection)) };
};

export async function validateCollection(engine: Engine, collection: Collection): Promise<Document> {
  const errors: string[] = [];
  const report = (error: string): void => {
    if (errors.length < maxReported) errors.push(error);
  };
  const expected = new Map<IndexDefinition, number>(collection.indexes.map((index) => [index, 0]));
  let nrecords = 0;
  let at: Buffer | undefined = prefixRange(collection.id).from;
  while (at) {
    const documents: { id: Buffer; raw: Buffer }[] = [];
    const range = { from: at, to: prefixRange(collection.id).to };
    at = undefined;
    engine.store.scan('documents', range, (key, value) => {
      documents.push({ id: Buffer.from(key.subarray(4)), raw: Buffer.from(value) });
      if (documents.length < piece) return true;
      at = afterKey(key);
      return false;
    });
    nrecords += documents.length;
    for (const { id, raw } of documents) checkOne(engine, expected, id, raw, report);
    await giveWay();
  }
  const keysPerIndex: Document = { _id_: nrecords };
  for (const [index, wanted] of expected) {
    const found = countKeys(engine, index);
    keysPerIndex[index.name] = found;
    if (found !== wanted) report(`index ${index.name} holds ${found} keys where the documents give ${wanted}`);
  }
  if (nrecords !== collection.count) report(`the count says ${collection.count}, there are ${nrecords} documents`);
  return {
    nInvalidDocuments: 0,
    nrecords,
    nIndexes: collection.indexes.length + 1,
    keysPerIndex,
    valid: errors.length === 0,
    warnings: [],
    errors,
  };
}

function checkOne(
  { store }: Engine,
  expected: Map<IndexDefinition, number>,
  id: Buffer,
  raw: Buffer,
  report: (error: string) => void,
): void {
  try {
    assertValidBson(raw);
  } catch (error) {
    report(`document ${id.toString('hex')}: ${(error as Error).message}`);
    return;
  }
  if (!id.equals(cutId(keyOfId(raw)))) report(`document ${id.toString('hex')} lies under a key that is not its _id`);
  for (const index of expected.keys()) {
    // A copy, so that a check never changes the definition's flags.
    for (const entry of entriesOf({ ...index }, raw, id)) {
      expected.set(index, (expected.get(index) ?? 0) + 1);
      const held = store.get('entries', entry.key);
      if (!held) report(`document ${id.toString('hex')} is missing in index ${index.name}`);
      else if (!held.equals(id))
        report(`index ${index.name} leads from a key of ${id.toString('hex')} to ${held.toString('hex')}`);
    }
  }
}

function countKeys({ store }: Engine, index: IndexDefinition): number {
  let count = 0;
  store.scan('entries', prefixRange(index.id), () => {
    count++;
    return true;
  });
  return count;
}
