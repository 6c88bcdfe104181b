import type { FlowPauses } from '../executor/pausing.ts';
import type { Database } from '../stores/database.ts';
import { flows } from './flow-record.ts';

/** Read by id each time: whoever paused a flow, in whatever process, is obeyed by the next batch. */
export function createFlowPauses({ database }: { database: Database }): FlowPauses {
  const stored = database.collection(flows);
  const idsOf = async (filter: object) =>
    new Set((await stored.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  return {
    paused: (flowIds) => idsOf({ _id: { $in: [...flowIds] }, status: 'paused' }),
    holding: (flowIds) =>
      idsOf({ _id: { $in: [...flowIds] }, $or: [{ status: 'paused' }, { resumption: { $exists: true } }] }),
  };
}

/** Told when the parked runs of a flow have been let go. */
export async function endResumption(database: Database, flowId: string, changeId: string): Promise<void> {
  await database
    .collection(flows)
    .updateOne({ _id: flowId, 'resumption.id': changeId }, { $unset: { resumption: true } });
}
