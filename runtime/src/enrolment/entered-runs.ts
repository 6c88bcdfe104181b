import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import type { PreviousRun } from './entry-rule.ts';

/** What the store knows of those who have entered before. */
export interface EnteredRuns {
  /** The latest run of each profile in a flow, whatever its version: one query on the index profileId, flowId. */
  latestOf(flowId: string, profileIds: readonly string[]): Promise<Map<string, PreviousRun>>;
  /** The occasions on which runs were started. */
  occasionsOf(runIds: readonly string[]): Promise<Map<string, string | undefined>>;
}

export function createEnteredRuns({ database }: { database: Database }): EnteredRuns {
  const stored = database.collection(runs);
  return {
    async latestOf(flowId, profileIds) {
      const latest = await stored
        .aggregate<{ _id: string; run: PreviousRun }>([
          { $match: { profileId: { $in: [...new Set(profileIds)] }, flowId } },
          { $project: { profileId: 1, status: 1, enteredAt: 1, endedAt: 1, origin: 1 } },
          // By their occasions: of runs that were told out of order, the one with the latest occasion counts.
          { $sort: { 'origin.at': -1, enteredAt: -1 } },
          { $group: { _id: '$profileId', run: { $first: '$$ROOT' } } },
        ])
        .toArray();
      return new Map(latest.map(({ _id, run }) => [_id, run]));
    },
    async occasionsOf(runIds) {
      if (runIds.length === 0) return new Map();
      const found = await stored
        .find({ _id: { $in: [...runIds] } })
        .project<{ _id: string; origin?: { id: string } }>({ 'origin.id': 1 })
        .toArray();
      return new Map(found.map(({ _id, origin }) => [_id, origin?.id]));
    },
  };
}
