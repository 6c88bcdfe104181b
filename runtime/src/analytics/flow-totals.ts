import type { FlowTotals } from '../flows/flow-list.ts';
import type { Database } from '../stores/database.ts';
import { tallies } from './tally.ts';

/** How many runs ever entered each flow: the sum of its tallies. */
export function createFlowTotals(database: Database): FlowTotals {
  return {
    async entered(flowIds) {
      const sums = await database
        .collection(tallies)
        .aggregate<{ _id: string; runs: number }>([
          { $match: { flowId: { $in: [...flowIds] } } },
          { $group: { _id: '$flowId', runs: { $sum: '$runs' } } },
        ])
        .toArray();
      return new Map(sums.map(({ _id, runs }) => [_id, runs]));
    },
  };
}
