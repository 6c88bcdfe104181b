import type { WinnerRule } from '@sluice/shared/node-contract';
import type { Experiment } from '../executor/flow-program.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import type { Arm } from './judge-look.ts';

const RESULT_FIELD: Readonly<Record<WinnerRule['metric'], string>> = { click: 'clickedAt', conversion: 'convertedAt' };

/**
 * Counts people, not runs: who entered twice is one draw of the experiment. Runs that came from another version are left
 * out, since what dealt them there need not have been chance. One pass over the runs of the version, by index.
 */
export async function countArms(
  database: Database,
  { flowId, version }: { flowId: string; version: number },
  experiment: Experiment,
  metric: WinnerRule['metric'],
): Promise<Arm[]> {
  const variant = `variants.${experiment.node}`;
  const counts = await database
    .collection(runs)
    .aggregate<{ _id: string; people: number; results: number }>([
      { $match: { flowId, version, [variant]: { $exists: true }, moves: { $exists: false } } },
      {
        $group: {
          _id: { profile: '$profileId', variant: `$${variant}` },
          result: { $max: { $cond: [{ $gt: [`$${RESULT_FIELD[metric]}`, null] }, 1, 0] } },
        },
      },
      { $group: { _id: '$_id.variant', people: { $sum: 1 }, results: { $sum: '$result' } } },
    ])
    .toArray();
  return experiment.variants.map(({ key, isHoldOut }, index) => {
    const found = counts.find(({ _id }) => _id === key);
    return {
      variant: key,
      share: experiment.weights[index] ?? 0,
      isHoldOut,
      people: found?.people ?? 0,
      results: found?.results ?? 0,
    };
  });
}
