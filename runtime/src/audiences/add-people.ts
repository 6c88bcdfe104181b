import { createAliases } from '../identities/aliases.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { MemberChanger } from './change-members.ts';

export interface AddedPeople {
  matched: number;
  unmatched: number;
  /** The first hundred, by name. */
  unmatchedIds: string[];
  duplicates: number;
}

const IDS_NAMED = 100;
const BATCH = 1000;

/** Adds or removes people by their user ids, in batches. Ids that no profile has are counted and named, not stored. */
export async function addPeople(
  deps: { database: Database; changer: MemberChanger },
  audience: string,
  change: 'add' | 'remove',
  userIds: Iterable<string>,
): Promise<AddedPeople> {
  const found: AddedPeople = { matched: 0, unmatched: 0, unmatchedIds: [], duplicates: 0 };
  const aliases = createAliases(deps);
  const seen = new Set<string>();
  let batch: string[] = [];
  const flush = async () => {
    const own = batch.map((userId) => [profileIdOf({ userId }), userId] as const);
    batch = [];
    const merged = await aliases.of(own.map(([id]) => id));
    const wanted = new Map(own.map(([id, userId]) => [merged.get(id) ?? id, userId]));
    const known = await deps.database
      .collection(profiles)
      .find({ _id: { $in: [...wanted.keys()] } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const ids = new Set(known.map(({ _id }) => _id));
    const unknown = [...wanted].filter(([id]) => !ids.has(id)).map(([, userId]) => userId);
    found.matched += ids.size;
    found.unmatched += unknown.length;
    found.unmatchedIds.push(...unknown.slice(0, IDS_NAMED - found.unmatchedIds.length));
    await deps.changer.apply([...ids].map((profileId) => ({ audience, profileId, change })));
  };
  for (const userId of userIds) {
    if (seen.has(userId)) {
      found.duplicates += 1;
      continue;
    }
    seen.add(userId);
    batch.push(userId);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return found;
}
