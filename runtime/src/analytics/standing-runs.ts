import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { countNodes } from './count-nodes.ts';
import { tallies, type TallyRecord } from './tally.ts';

/** How many runs of one version stand at one node. */
export interface StandingRuns {
  version: number;
  node: string;
  waiting: number;
  failed: number;
}

/** Where the runs in flight of a flow stand, over all its versions: from the tallies, so that no run is read. */
export async function countStandingRuns(database: Database, flowId: string): Promise<StandingRuns[]> {
  const [hours, failures] = await Promise.all([
    database.collection(tallies).find({ flowId }).project<TallyRecord>({ batches: 0 }).toArray(),
    database
      .collection(runs)
      .aggregate<{ _id: { version: number; node: string }; count: number }>([
        { $match: { flowId, status: 'failed' } },
        { $group: { _id: { version: '$version', node: '$node' }, count: { $sum: 1 } } },
      ])
      .toArray(),
  ]);
  const hoursOf = Map.groupBy(hours, ({ version }) => version);
  return [...hoursOf].flatMap(([version, ofVersion]) => {
    const failed = failures.flatMap(({ _id, count }) => (_id.version === version ? [{ node: _id.node, count }] : []));
    return Object.entries(countNodes(ofVersion, failed).nodes).flatMap(([node, { waiting, failed }]) =>
      waiting + failed > 0 ? [{ version, node, waiting, failed }] : [],
    );
  });
}
