import type { BulkChanges } from '../bulk-changes/bulk-changes.ts';
import type { Database } from '../stores/database.ts';
import { type FlowRecord, flows, flowVersions, versionIdOf } from './flow-record.ts';

/** Starts and stops the triggers of a flow. All may be told twice, and late: the last word counts. */
export interface FlowActivation {
  /** This is the version that takes people in, from the start or again after a pause. */
  published(version: { flowId: string; version: number }): Promise<void>;
  /** Nobody is taken in until it is published (or resumed) again; what was under way is kept for then. */
  paused(flowId: string): Promise<void>;
  archived(flowId: string): Promise<void>;
}

export interface FlowSettling {
  /** Tells triggers and runs of the last change of a flow, until one telling was followed by no other change. */
  settle(flowId: string): Promise<void>;
  /** Makes up for what a crash left untold; at start, and now and then. */
  settleAll(): Promise<void>;
}

export function createFlowSettling(deps: {
  database: Database;
  activation: FlowActivation;
  changes: Pick<BulkChanges, 'begin' | 'cancel'>;
}): FlowSettling {
  const { activation, changes } = deps;
  const storedFlows = deps.database.collection(flows);

  async function tellTriggers({ _id: flowId, status, liveVersion }: FlowRecord): Promise<void> {
    if (status === 'archived') await activation.archived(flowId);
    else if (status === 'paused') await activation.paused(flowId);
    else if (status === 'live' && liveVersion !== null) await activation.published({ flowId, version: liveVersion });
  }

  /** Begins what becomes of the runs in flight; each change has an id of its own, so that it is begun once. */
  async function tellRuns({ _id: flowId, status, liveVersion, resumption }: FlowRecord): Promise<void> {
    if (liveVersion === null) return;
    const id = `${versionIdOf(flowId, liveVersion)}:move`;
    const version = await deps.database.collection(flowVersions).findOne({ _id: versionIdOf(flowId, liveVersion) });
    const policy = version?.policy;
    if (version && liveVersion > 1 && policy && policy.kind !== 'stay') {
      // Who was on the way to a version that is replaced itself goes on to the newest.
      await changes.cancel(flowId, ['move', 'end'], id);
      const order = { ...policy, to: liveVersion };
      await changes.begin({ id, flowId, order, upToVersion: liveVersion - 1, by: version.publishedBy });
    }
    if (status === 'paused') await changes.cancel(flowId, ['resume']);
    else if (resumption) {
      const { id, how, by } = resumption;
      await changes.begin({ id, flowId, order: { kind: 'resume', how }, upToVersion: liveVersion, by });
    }
  }

  async function settle(flowId: string): Promise<void> {
    for (let isSettled = false; !isSettled; ) {
      const flow = await storedFlows.findOne({ _id: flowId });
      if (!flow) return;
      await tellTriggers(flow);
      await tellRuns(flow);
      const { matchedCount } = await storedFlows.updateOne(
        { _id: flowId, change: flow.change },
        { $unset: { isUnsettled: '' } },
      );
      isSettled = matchedCount === 1;
    }
  }

  return {
    settle,
    async settleAll() {
      const unsettled = await storedFlows.find({ isUnsettled: true }, { projection: { _id: 1 } }).toArray();
      for (const { _id } of unsettled) await settle(_id);
    },
  };
}
