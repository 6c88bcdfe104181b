import type { Database } from '../stores/database.ts';
import { type FlowRecord, flows, flowVersions } from './flow-record.ts';

export interface FlowsNaming {
  /** Flows whose draft or any version of which matches, by name. */
  flows: Pick<FlowRecord, '_id' | 'name' | 'status' | 'liveVersion' | 'graphText'>[];
  /** Ids of the versions that match. */
  versionIds: ReadonlySet<string>;
}

/** The flows in the text of whose graph something is named; params are whatever their template declares, so text is what is asked. */
export async function flowsNaming(database: Database, pattern: string): Promise<FlowsNaming> {
  const named = { graphText: { $regex: pattern } };
  const versions = await database
    .collection(flowVersions)
    .find(named)
    .project<{ _id: string; flowId: string }>({ flowId: 1 })
    .toArray();
  const found = await database
    .collection(flows)
    .find({ $or: [named, { _id: { $in: versions.map(({ flowId }) => flowId) } }] })
    .project<FlowsNaming['flows'][number]>({ name: 1, status: 1, liveVersion: 1, graphText: 1 })
    .sort({ name: 1 })
    .toArray();
  return { flows: found, versionIds: new Set(versions.map(({ _id }) => _id)) };
}
