import type { FlowCounts } from '@sluice/shared/http-api';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { tallies, type TallyRecord } from './tally.ts';

type NodeCounts = FlowCounts['nodes'][string];

/** Live counts of a version: the sum of its hourly tallies, the failed runs, and how far enrolment has come. */
export async function countFlow(database: Database, flowId: string, version: number, now: number): Promise<FlowCounts> {
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
  const nodes: Record<string, NodeCounts> = {};
  const of = (node: string) => (nodes[node] ??= { entered: 0, waiting: 0, failed: 0, ended: 0, left: {} });
  let total = 0;
  for (const hour of hours) {
    total += hour.runs;
    for (const [node, count] of Object.entries(hour.entered ?? {})) of(node).entered += count;
    for (const [node, count] of Object.entries(hour.ended ?? {})) of(node).ended += count;
    for (const [node, ports] of Object.entries(hour.left ?? {})) {
      const { left } = of(node);
      for (const [port, count] of Object.entries(ports)) left[port] = (left[port] ?? 0) + count;
    }
  }
  for (const { _id, count } of failures) of(_id).failed = count;
  let waiting = 0;
  let failed = 0;
  for (const counts of Object.values(nodes)) {
    const left = Object.values(counts.left).reduce((sum, count) => sum + count, 0);
    counts.waiting = Math.max(0, counts.entered - left - counts.ended - counts.failed);
    waiting += counts.waiting;
    failed += counts.failed;
  }
  return {
    version,
    runs: total,
    waiting,
    failed,
    ended: Math.max(0, total - waiting - failed),
    enrolment: {
      status: firings.some((firing) => firing.status === 'running') ? 'running' : firings.length > 0 ? 'done' : 'idle',
      scanned: firings.reduce((sum, firing) => sum + firing.scanned, 0),
      enrolled: total,
    },
    nodes,
    asOf: new Date(now).toISOString(),
  };
}
