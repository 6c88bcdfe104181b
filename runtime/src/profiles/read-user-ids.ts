import type { Database } from '../stores/database.ts';
import { profiles } from './profile-record.ts';

/** The user ids of those profiles that have one, by their profile id. */
export async function readUserIds(
  database: Database,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await database
    .collection(profiles)
    .find({ _id: { $in: [...new Set(profileIds)] } })
    .project<{ _id: string; userId: string | null }>({ userId: 1 })
    .toArray();
  return new Map(found.flatMap(({ _id, userId }) => (userId === null ? [] : [[_id, userId]])));
}
