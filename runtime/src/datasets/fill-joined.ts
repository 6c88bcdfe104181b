import { datasetRows, datasets, idsOf, type RowRecord } from './dataset-record.ts';
import { type JoinDeps, joinRows } from './join-rows.ts';

const BATCH = 1000;

/**
 * Brings newly joined columns into the rows that are there, from the checkpoint on; a batch done again changes nothing.
 * Ends early when the dataset was changed again: that change has begun a filling of its own.
 */
export async function fillJoined(
  deps: JoinDeps,
  dataset: string,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const stored = deps.database.collection(datasets);
  const record = await stored.findOne({ _id: dataset, fillsBehind: { $exists: true } });
  if (!record) return;
  deps.index.forget();
  const mine = { _id: dataset, revision: record.revision };
  for (let afterId = record.fillsBehind || undefined; !job.signal.aborted; ) {
    const rows: Pick<RowRecord, '_id' | 'profileId'>[] = await deps.database
      .collection(datasetRows)
      .find({ _id: idsOf(dataset, afterId) })
      .project<Pick<RowRecord, '_id' | 'profileId'>>({ profileId: 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const last = rows.at(-1);
    if (!last) {
      await stored.updateOne(mine, { $unset: { fillsBehind: true } });
      return;
    }
    await joinRows(
      deps,
      rows.map(({ profileId }) => profileId),
      { dataset },
    );
    afterId = last._id;
    if ((await stored.updateOne(mine, { $set: { fillsBehind: afterId } })).matchedCount === 0) return;
    await job.touch();
  }
}
