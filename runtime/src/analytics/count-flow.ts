import type { FlowCounts } from '@sluice/shared/http-api';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { type CountedPeriod, countNodes } from './count-nodes.ts';
import { tallies, type TallyRecord } from './tally.ts';

/** Live counts of a version: the sum of its hourly tallies, the failed runs, and how far enrolment has come. */
export async function countFlow(
  database: Database,
  flowId: string,
  version: number,
  now: number,
  period?: CountedPeriod,
): Promise<FlowCounts> {
  const [hours, failures, firings] = await Promise.all([
    database.collection(tallies).find({ flowId, version }).project<TallyRecord>({ batches: 0 }).toArray(),
    database
      .collection(runs)
      .aggregate<{ _id: string; count: number }>([
        { $match: { flowId, version, status: 'failed' } },
        { $group: { _id: '$node', count: { $sum: 1 } } },
      ])
      .toArray(),
    database.collection(enrolments).find({ flowId, version }).toArray(),
  ]);
  const totals = countNodes(
    hours,
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
