import { DEFAULT_MEASUREMENT, type Graph, type Measurement } from '@sluice/shared/graph';
import type { Database } from '../stores/database.ts';
import { flows, flowVersions, type FlowVersionRecord, readGraph, versionIdOf } from './flow-record.ts';

export interface PublishedVersion {
  flowId: string;
  version: number;
  graph: Graph;
  publishedAt: Date;
}

/** Published versions as the executor, the triggers and the results read them. */
export interface FlowVersions {
  /** Undefined where there is no such version. Reads the store each time: who runs versions keeps them compiled. */
  get(flowId: string, version: number): Promise<PublishedVersion | undefined>;
  /** The newest version of a flow, live or put away; undefined for a flow that was never published. */
  newest(flowId: string): Promise<PublishedVersion | undefined>;
  /** The version that takes people in now; undefined while the flow is not live. */
  liveVersion(flowId: string): Promise<number | undefined>;
  /** Whether this is the version that takes people in now. */
  isLive(flowId: string, version: number): Promise<boolean>;
  /** What every version wants to know of events; older versions may still have runs. */
  listeners(): Promise<{ flowId: string; version: number; measurement: Measurement }[]>;
}

export function createFlowVersions({ database }: { database: Database }): FlowVersions {
  const stored = database.collection(flowVersions);
  const storedFlows = database.collection(flows);

  const get = async (flowId: string, version: number) => {
    const record = await stored.findOne({ _id: versionIdOf(flowId, version) });
    return record ? toPublished(record) : undefined;
  };
  // A version cannot change, so its measurement is read once; the list of versions is asked for each time, since another
  // process may have published.
  const measurements = new Map<string, Measurement>();

  return {
    get,
    async newest(flowId) {
      const flow = await storedFlows.findOne({ _id: flowId }, { projection: { liveVersion: 1 } });
      return flow?.liveVersion ? get(flowId, flow.liveVersion) : undefined;
    },
    async liveVersion(flowId) {
      const live = await storedFlows.findOne({ _id: flowId, status: 'live' }, { projection: { liveVersion: 1 } });
      return live?.liveVersion ?? undefined;
    },
    async isLive(flowId, version) {
      const live = { _id: flowId, status: 'live' as const, liveVersion: version };
      return (await storedFlows.findOne(live, { projection: { _id: 1 } })) !== null;
    },
    async listeners() {
      const listed = await stored.find({}, { projection: { flowId: 1, version: 1, attempt: 1 } }).toArray();
      const unread = listed.filter((record) => !measurements.has(keyOf(record))).map(({ _id }) => _id);
      if (unread.length > 0)
        for (const record of await stored.find({ _id: { $in: unread } }).toArray()) {
          measurements.set(keyOf(record), readGraph(record).measurement ?? DEFAULT_MEASUREMENT);
        }
      return listed.flatMap((record) => {
        const measurement = measurements.get(keyOf(record));
        return measurement ? [{ flowId: record.flowId, version: record.version, measurement }] : [];
      });
    },
  };
}

/** With the attempt: a version that no flow has pointed to yet may still be replaced by a later one. */
function keyOf({ _id, attempt = 0 }: Pick<FlowVersionRecord, '_id' | 'attempt'>): string {
  return `${_id}@${attempt}`;
}

function toPublished(record: FlowVersionRecord): PublishedVersion {
  const { flowId, version, publishedAt } = record;
  return { flowId, version, graph: readGraph(record), publishedAt };
}
