import { profiles } from '../profiles/profile-record.ts';
import { markUpdate, type ProfileWatch } from '../profiles/profile-watch.ts';
import type { Database } from '../stores/database.ts';
import { idsBehind } from './profile-ids.ts';

export interface ClearDeps {
  database: Database;
  watch: ProfileWatch;
}

/** Takes the values of attributes away from all profiles, and tells whoever follows them. False when the process stops. */
export async function clearAttributes(
  { database, watch }: ClearDeps,
  names: readonly string[],
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<boolean> {
  const marker = await watch.marker();
  const mark = markUpdate(marker.markOf(names));
  const paths = names.flatMap((name) => [`attributes.${name}`, `attributesAt.${name}`, `attributesFrom.${name}`]);
  const unset = Object.fromEntries(paths.map((path) => [path, true as const]));
  const isThere = { $or: names.map((name) => ({ [`attributes.${name}`]: { $exists: true } })) };
  for await (const ids of idsBehind(database, undefined)) {
    if (job.signal.aborted) return false;
    await database
      .collection(profiles)
      .updateMany({ _id: { $in: ids }, ...isThere } as object, { $unset: unset, ...mark } as object);
    watch.wake();
    await job.touch();
  }
  return true;
}
