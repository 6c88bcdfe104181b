import type { ProfileSource } from '../executor/executor.ts';
import { createAliases } from '../identities/aliases.ts';
import type { Database } from '../stores/database.ts';
import { toFacts } from './profile-facts.ts';
import { profiles } from './profile-record.ts';

/**
 * Reads the profiles of a batch of runs with one query. Who was merged since the batch looked is answered as the profile
 * that goes on; only ids that are missing are asked for a second time.
 */
export function createProfileSource(database: Database): ProfileSource {
  const collection = database.collection(profiles);
  const aliases = createAliases({ database });
  const read = async (ids: readonly string[]) => {
    const found = await collection.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(found.map((record) => [record._id, toFacts(record)]));
  };
  return {
    async facts(profileIds) {
      const ids = [...new Set(profileIds)];
      const facts = await read(ids);
      if (facts.size === ids.length) return facts;
      const merged = await aliases.of(ids.filter((id) => !facts.has(id)));
      if (merged.size === 0) return facts;
      const others = await read([...new Set(merged.values())]);
      for (const [id, into] of merged) {
        const other = others.get(into);
        if (other) facts.set(id, other);
      }
      return facts;
    },
  };
}
