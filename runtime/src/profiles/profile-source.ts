import type { ProfileSource } from '../executor/executor.ts';
import type { Database } from '../stores/database.ts';
import { toFacts } from './profile-facts.ts';
import { profiles } from './profile-record.ts';

/** Reads the profiles of a batch of runs with one query. */
export function createProfileSource(database: Database): ProfileSource {
  const collection = database.collection(profiles);
  return {
    async facts(profileIds) {
      const found = await collection.find({ _id: { $in: [...new Set(profileIds)] } }).toArray();
      return new Map(found.map((record) => [record._id, toFacts(record)]));
    },
  };
}
