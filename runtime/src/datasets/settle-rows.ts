import type { ProfileMark } from '../profiles/profile-watch.ts';
import { datasetRows, type RowRecord } from './dataset-record.ts';
import { type JoinDeps, joinRows } from './join-rows.ts';

/** A profile whose rows in a dataset have changed. */
export interface RowChange {
  dataset: string;
  profileId: string;
}

/** Rows as those who keep audiences current know them. */
export interface RowKeeper {
  /** The attributes that are joined into rows: their changes are to be marked. */
  attributes(): Promise<ReadonlySet<string>>;
  /** Carries changed attributes into the rows; twice is harmless. */
  join(marked: readonly { _id: string; unsettled: ProfileMark }[]): Promise<void>;
  /** Has the next marked rows looked at and takes their marks off. Answers how many there were. */
  settle(judge: (changes: readonly RowChange[]) => Promise<void>): Promise<number>;
}

const BATCH = 1000;

export function createRowKeeper(deps: JoinDeps): RowKeeper {
  const stored = deps.database.collection(datasetRows);
  return {
    attributes: async () => new Set((await deps.index.current()).byAttribute.keys()),
    async join(marked) {
      const byNames = new Map<string, { names: readonly string[]; ids: string[] }>();
      const { byAttribute } = await deps.index.current();
      for (const { _id, unsettled } of marked) {
        const names = unsettled.names.filter((name) => byAttribute.has(name));
        if (names.length === 0) continue;
        const key = JSON.stringify(names);
        byNames.set(key, { names, ids: [...(byNames.get(key)?.ids ?? []), _id] });
      }
      for (const { names, ids } of byNames.values()) await joinRows(deps, ids, { names });
    },
    async settle(judge) {
      const batch = await stored
        .find({ 'unsettled.version': { $exists: true } })
        .project<Required<Pick<RowRecord, '_id' | 'dataset' | 'unsettled'>> & Pick<RowRecord, 'isLeaving'>>({
          dataset: 1,
          unsettled: 1,
          isLeaving: 1,
        })
        .sort({ 'unsettled.version': 1 })
        .limit(BATCH)
        .toArray();
      if (batch.length === 0) return 0;
      const changes = batch.flatMap(({ dataset, unsettled }) =>
        unsettled.profileIds.map((profileId) => ({ dataset, profileId })),
      );
      await judge(changes);
      const { matchedCount, deletedCount } = await stored.bulkWrite(
        batch.map(({ _id, unsettled, isLeaving }) => {
          const filter = { _id, 'unsettled.version': unsettled.version };
          return isLeaving
            ? { deleteOne: { filter: { ...filter, isLeaving: true as const } } }
            : { updateOne: { filter, update: { $unset: { unsettled: true as const } } } };
        }),
        { ordered: false },
      );
      // Somebody marked one anew and somebody else took that off meanwhile: each saw only a part.
      if (matchedCount + deletedCount < batch.length) await judge(changes);
      return batch.length;
    },
  };
}
