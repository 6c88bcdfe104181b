import type { FailureGroup } from '@sluice/shared/http-api';
import type { FlowPrograms } from '../executor/flow-program.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import type { FlowNames } from './list-runs.ts';

interface Group {
  _id: { flowId: string; version: number; node: string; message: string };
  runs: number;
  firstAt: Date;
  lastAt: Date;
}

/** Beyond this the small groups are left out; the total still counts them. */
const SHOWN_GROUPS = 200;

/** Failed runs by flow version, node and message (RUN-10): one pass over the failed ones alone, by their index. */
export async function listFailures(
  deps: { database: Database; programs: FlowPrograms; names: FlowNames },
  flowId: string | undefined,
): Promise<{ items: FailureGroup[]; total: number }> {
  const groups = await deps.database
    .collection(runs)
    .aggregate<Group>([
      { $match: { status: 'failed', flowId: flowId ?? { $gt: '' } } },
      {
        $group: {
          _id: { flowId: '$flowId', version: '$version', node: '$node', message: '$failure.message' },
          runs: { $sum: 1 },
          firstAt: { $min: '$failure.at' },
          lastAt: { $max: '$failure.at' },
        },
      },
      { $sort: { runs: -1, '_id.flowId': 1, '_id.version': -1, '_id.node': 1 } },
    ])
    .toArray();
  const shown = groups.slice(0, SHOWN_GROUPS);
  const names = await deps.names([...new Set(shown.map(({ _id }) => _id.flowId))]);
  return {
    items: await Promise.all(shown.map((group) => describe(group, names, deps))),
    total: groups.reduce((sum, group) => sum + group.runs, 0),
  };
}

async function describe(
  { _id, runs, firstAt, lastAt }: Group,
  names: ReadonlyMap<string, string>,
  deps: { programs: FlowPrograms },
): Promise<FailureGroup> {
  const program = await deps.programs.get(_id.flowId, _id.version);
  return {
    ..._id,
    flowName: names.get(_id.flowId) ?? _id.flowId,
    graphNode: program?.node(_id.node) ?? null,
    runs,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  };
}
