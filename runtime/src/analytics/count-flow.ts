import type { FlowCounts } from '@sluice/shared/http-api';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { type CountedPeriod, countNodes } from './count-nodes.ts';
import { groupTallies, tallies, type TallyRecord } from './tally.ts';
import { type Group, inGroup } from './tally-increments.ts';

/** Live counts of a version, or of one group in it: the sum of its hourly tallies, the failed runs, and how far enrolment has come. */
export async function countFlow(
  database: Database,
  flowId: string,
  version: number,
  now: number,
  { period, group }: { period?: CountedPeriod; group?: Group | undefined } = {},
): Promise<FlowCounts> {
  const all = database.collection(tallies).find({ flowId, version }).project<TallyRecord>({ batches: 0 });
  const ofGroup = group && database.collection(groupTallies).find({ flowId, version, ...group });
  const [hours, grouped, failures, firings] = await Promise.all([
    all.toArray(),
    ofGroup?.project<TallyRecord>({ batches: 0 }).toArray(),
    database
      .collection(runs)
      .aggregate<{ _id: string; count: number }>([
        { $match: { flowId, version, status: 'failed', ...inGroup(group) } },
        { $group: { _id: '$node', count: { $sum: 1 } } },
      ])
      .toArray(),
    database.collection(enrolments).find({ flowId, version }).toArray(),
  ]);
  const totals = countNodes(
    grouped ?? hours,
    failures.map(({ _id, count }) => ({ node: _id, count })),
    period,
  );
  return {
    version,
    ...totals,
    enrolment: {
      status: firings.some((firing) => firing.status === 'running') ? 'running' : firings.length > 0 ? 'done' : 'idle',
      scanned: firings.reduce((sum, firing) => sum + firing.scanned, 0),
      enrolled: hours.reduce((sum, hour) => sum + hour.runs, 0),
    },
    asOf: new Date(now).toISOString(),
  };
}
