import { isDeepStrictEqual } from 'node:util';
import type { AnyBulkWriteOperation } from 'mongodb';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { toAbsorption } from './absorb-profile.ts';
import type { MergeRecord } from './merge-record.ts';
import { asChosen, sourceOf } from './merge-values.ts';

/**
 * Puts the absorbed profile back as it was, and takes from the other one what it had from it, as far as nobody has changed
 * that since. Twice is harmless.
 */
export async function restoreProfiles(database: Database, merge: MergeRecord, now: Date): Promise<void> {
  const { absorbed, before, from, into } = merge;
  if (!absorbed) return;
  const stored = database.collection(profiles);
  const { absorbedAs: _, unsettled: __, ...asItWas } = absorbed;
  const restored = { ...asItWas, isKeptApart: true as const };
  const mark = `${merge._id}/undo`;
  const { appliedEffects = [] } = restored;
  const met = await insertNew(stored, [{ ...restored, updatedAt: now, appliedEffects: [...appliedEffects, mark] }]);
  // Somebody was quicker and made it anew: it has what it was told since, and the rest as it was.
  if (met.size > 0)
    await stored.updateOne({ _id: from, appliedEffects: { $ne: mark } }, [
      ...toAbsorption(restored, mark, now),
      { $set: { isKeptApart: true } },
    ]);
  const writes: AnyBulkWriteOperation<ProfileRecord>[] = [];
  const putBack = (path: string, taken: unknown, earlier: unknown, asTaken = taken) => {
    if (taken === undefined || isDeepStrictEqual(taken, earlier)) return;
    const update = earlier === undefined ? { $unset: { [path]: true } } : { $set: { [path]: earlier } };
    writes.push({
      updateOne: { filter: { _id: into, [path]: asTaken }, update },
    } as AnyBulkWriteOperation<ProfileRecord>);
  };
  for (const [name, value] of Object.entries(absorbed.attributes)) {
    const earlier = before?.attributes[name];
    putBack(`attributes.${name}`, value, earlier, asChosen(merge.rules?.[name], earlier, value));
    if (Array.isArray(merge.rules?.[name]) || absorbed.attributesFrom?.[name])
      putBack(`attributesFrom.${name}`, sourceOf(absorbed, name), before?.attributesFrom?.[name]);
    putBack(`attributesAt.${name}`, absorbed.attributesAt?.[name], before?.attributesAt?.[name]);
  }
  if (absorbed.userId !== null) putBack('userId', absorbed.userId, before?.userId ?? null);
  const own = new Set(before?.anonymousIds);
  const lent = (absorbed.anonymousIds ?? []).filter((id) => !own.has(id));
  if (lent.length > 0)
    writes.push({ updateOne: { filter: { _id: into }, update: { $pullAll: { anonymousIds: lent } } } });
  if (writes.length > 0) await stored.bulkWrite(writes, { ordered: false });
}
