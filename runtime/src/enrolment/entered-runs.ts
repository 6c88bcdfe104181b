import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import type { PreviousRun } from './entry-rule.ts';

/** What the store knows of those who have entered before. */
export interface EnteredRuns {
  /**
   * The latest run of each profile in a flow, whatever its version: one query on the index profileId, flowId. `absorbed`: ids
   * that were merged into a profile and may still have runs.
   */
  latestOf(
    flowId: string,
    profileIds: readonly string[],
    absorbed?: ReadonlyMap<string, readonly string[]>,
  ): Promise<Map<string, PreviousRun>>;
  /** The occasions on which runs were started. */
  occasionsOf(runIds: readonly string[]): Promise<Map<string, string | undefined>>;
}

export function createEnteredRuns({ database }: { database: Database }): EnteredRuns {
  const stored = database.collection(runs);
  return {
    async latestOf(flowId, profileIds, absorbed = new Map()) {
      const ownerOf = new Map([...absorbed].flatMap(([owner, ids]) => ids.map((id) => [id, owner])));
      const latest = await stored
        .aggregate<{ _id: string; run: PreviousRun }>([
          { $match: { profileId: { $in: [...new Set([...profileIds, ...ownerOf.keys()])] }, flowId } },
          { $project: { profileId: 1, status: 1, enteredAt: 1, endedAt: 1, origin: 1 } },
          // By their occasions: of runs that were told out of order, the one with the latest occasion counts.
          { $sort: { 'origin.at': -1, enteredAt: -1 } },
          { $group: { _id: '$profileId', run: { $first: '$$ROOT' } } },
        ])
        .toArray();
      const previous = new Map<string, PreviousRun>();
      for (const { _id, run } of latest) {
        const owner = ownerOf.get(_id) ?? _id;
        const other = previous.get(owner);
        if (!other || occasionAt(other) < occasionAt(run)) previous.set(owner, run);
      }
      return previous;
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

function occasionAt({ origin, enteredAt }: PreviousRun): number {
  return (origin?.at ?? enteredAt).getTime();
}
