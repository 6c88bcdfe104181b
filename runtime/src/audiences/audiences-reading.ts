import { type ConditionReads, readsOf } from '@sluice/shared/condition';
import type { Database } from '../stores/database.ts';
import { audiences } from './audience-record.ts';

/** The audiences, by name, whose condition reads what is asked about. */
export async function audiencesReading(
  database: Database,
  isMeant: (reads: ConditionReads) => boolean,
): Promise<{ id: string; name: string }[]> {
  const all = await database
    .collection(audiences)
    .find({ isDeleted: { $exists: false } })
    .sort({ name: 1 })
    .toArray();
  return all
    .filter(({ condition }) => condition && isMeant(readsOf(condition)))
    .map(({ _id: id, name }) => ({ id, name }));
}
