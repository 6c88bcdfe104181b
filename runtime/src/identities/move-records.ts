import type { Collection } from 'mongodb';
import { deliveries } from '../channels/delivery-record.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';
import type { Database } from '../stores/database.ts';

const BATCH = 1000;

/** What events, runs, rows and deliveries have of merges. */
interface Owned {
  _id: string;
  profileId: string;
  mergedFrom?: string[];
}

/**
 * Gives events, runs, rows and deliveries of one profile to another, in batches; done again it goes on where it was. Nothing else
 * of a run changes, whoever holds it meanwhile: its commit does not write its profile. Answers
 * whether there was any.
 */
export async function moveRecords(database: Database, from: string, into: string): Promise<boolean> {
  const update = { $set: { profileId: into }, $addToSet: { mergedFrom: from } };
  let isAny = false;
  for (const collection of ownedBy(database)) isAny = (await move(collection, { profileId: from }, update)) || isAny;
  return isAny;
}

/** Gives back what `moveRecords` brought. */
export async function returnRecords(database: Database, from: string, into: string): Promise<void> {
  for (const collection of ownedBy(database))
    await move(
      collection,
      { profileId: into, mergedFrom: from },
      { $set: { profileId: from }, $pull: { mergedFrom: from } },
    );
}

function ownedBy(database: Database): Collection<Owned>[] {
  // Runs before events: whoever looks back for events of a run finds them under the one or the other.
  return [runs, events, datasetRows, deliveries].map((declaration) => database.db.collection<Owned>(declaration.name));
}

async function move(collection: Collection<Owned>, filter: object, update: object): Promise<boolean> {
  for (let isAny = false; ; isAny = true) {
    const found = await collection.find(filter).project<{ _id: string }>({ _id: 1 }).limit(BATCH).toArray();
    if (found.length === 0) return isAny;
    await collection.updateMany({ ...filter, _id: { $in: found.map(({ _id }) => _id) } }, update);
  }
}
