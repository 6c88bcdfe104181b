import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import type { CountedPeriod } from './count-nodes.ts';
import { type Group, inGroup } from './tally-increments.ts';

/** That it is there, said as a range, which an index serves. */
export const EVER = { $gt: new Date(0) };

/**
 * Of those who entered a node, in the period if there is one, how many have converted; who came by twice counts once. By the
 * index of converted runs, whose number bounds the work: the many who have not converted are never read.
 */
export async function countConversions(
  database: Database,
  flowId: string,
  version: number,
  { period: { from, to } = {}, group }: { period?: CountedPeriod; group?: Group | undefined } = {},
): Promise<Record<string, number>> {
  const steps = {
    $filter: {
      input: '$path',
      as: 'step',
      // Steps tell their instants in Unix milliseconds.
      cond: {
        $and: [
          ...(from === undefined ? [] : [{ $gte: ['$$step.enteredAt', from] }]),
          ...(to === undefined ? [] : [{ $lt: ['$$step.enteredAt', to] }]),
        ],
      },
    },
  };
  const nodes = await database
    .collection(runs)
    .aggregate<{ _id: string; count: number }>([
      { $match: { flowId, version, convertedAt: EVER, ...inGroup(group) } },
      { $project: { steps } },
      { $project: { nodes: { $setUnion: ['$steps.node', []] } } },
      { $unwind: '$nodes' },
      { $group: { _id: '$nodes', count: { $sum: 1 } } },
    ])
    .toArray();
  return Object.fromEntries(nodes.map(({ _id, count }) => [_id, count]));
}
