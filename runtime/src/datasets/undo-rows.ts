import type { AnyBulkWriteOperation } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { datasetRows, type RowRecord } from './dataset-record.ts';
import type { RowEdit, RowWriter } from './write-rows.ts';

/**
 * Takes back what an import did to rows: those that it made go unless something else has written them since, and each cell
 * goes back unless something else has changed it. Twice is harmless. Answers how many rows that were.
 */
export async function undoRows(
  deps: { database: Database; clock: { now(): number }; rowWriter: RowWriter },
  record: { _id: string; startedAt: Date | null; mapping: { dataset?: string } | null },
  { newRows, rowEdits }: { newRows: readonly string[]; rowEdits: readonly RowEdit[] },
): Promise<number> {
  const dataset = record.mapping?.dataset;
  if (dataset === undefined) return 0;
  const stored = deps.database.collection(datasetRows);
  const now = new Date(deps.clock.now());
  if (rowEdits.length > 0) {
    const mark = await deps.rowWriter.marks.of(dataset);
    await stored.bulkWrite(
      rowEdits.map((edit) => toRestoring(edit, record, now, mark)),
      { ordered: false },
    );
    const owners = await stored
      .find({ _id: { $in: rowEdits.map(({ id }) => id) } })
      .project<Pick<RowRecord, 'profileId'>>({ profileId: 1 })
      .toArray();
    await deps.rowWriter.join(
      dataset,
      owners.map(({ profileId }) => profileId),
    );
    deps.rowWriter.marks.wake();
  }
  const own = { importId: record._id, ...(record.startedAt && { writtenAt: record.startedAt }) };
  const untouched = await stored
    .find({ _id: { $in: [...newRows] }, ...own })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  await deps.rowWriter.remove(
    dataset,
    untouched.map(({ _id }) => _id),
  );
  return newRows.length + rowEdits.length;
}

function toRestoring(
  { id, before, after, owner }: RowEdit,
  record: { _id: string },
  now: Date,
  mark: Awaited<ReturnType<RowWriter['marks']['of']>>,
): AnyBulkWriteOperation<RowRecord> {
  const cells = Object.entries(after).map(([name, value]) => {
    const path = `$values.${name}`;
    const isAsWritten = value === null ? { $eq: [{ $type: path }, 'missing'] } : { $eq: [path, { $literal: value }] };
    const earlier = Object.hasOwn(before, name) ? { $literal: before[name] } : '$$REMOVE';
    return [`values.${name}`, { $cond: [isAsWritten, earlier, path] }];
  });
  const back = owner && { profileId: { $cond: [{ $eq: ['$profileId', owner.after] }, owner.before, '$profileId'] } };
  // A row that this import has made is not touched by taking back what it did to it later.
  const writtenAt = { $cond: [{ $eq: ['$importId', { $literal: record._id }] }, '$writtenAt', now] };
  const profileIds = {
    $setUnion: [{ $ifNull: ['$unsettled.profileIds', []] }, ['$profileId'], owner ? [owner.before] : []],
  };
  const unsettled = mark && { unsettled: { version: mark('').$set['unsettled.version'], profileIds } };
  return {
    updateOne: {
      filter: { _id: id },
      update: [
        ...(unsettled ? [{ $set: unsettled }] : []),
        { $set: { ...Object.fromEntries(cells), ...back, writtenAt } },
      ],
    },
  };
}
