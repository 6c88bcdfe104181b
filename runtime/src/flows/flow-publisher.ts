import { AppError } from '@sluice/shared/errors';
import { hasErrors } from '@sluice/shared/graph';
import type { Account } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { MongoServerError } from 'mongodb';
import type { Database } from '../stores/database.ts';
import type { DraftCheck } from './check-draft.ts';
import { draftConflict, type FlowDrafts } from './flow-drafts.ts';
import { type FlowRecord, flows, flowVersions, type FlowVersionRecord, readGraph, versionIdOf } from './flow-record.ts';

/** Starts and stops the triggers of a flow. Both may be told twice, and late: the last word counts. */
export interface FlowActivation {
  published(version: { flowId: string; version: number }): Promise<void>;
  archived(flowId: string): Promise<void>;
}

export interface FlowPublisher {
  /**
   * Freezes the draft as the next version and starts its triggers. Publishing the revision that is live already answers
   * with its version and changes nothing, so a lost answer can be asked for again.
   * Throws `draft-conflict` when the draft has moved on, `flow-has-problems` with the problems.
   */
  publish(flowId: string, request: { baseRevision: number; note: string }, by: Account): Promise<{ version: number }>;
  /** Stops the triggers; runs in flight go on to their end. Twice is harmless. */
  archive(flowId: string, by: Account): Promise<void>;
  /** Tells the triggers what a crash kept from them; at start, and now and then. */
  settleAll(): Promise<void>;
}

const DUPLICATE_KEY = 11_000;

/**
 * Publishing in an order that a kill between any two lines survives: (1) insert the version, (2) point the flow to it and
 * mark it unsettled, in one update, (3) tell the triggers, (4) clear the mark. Dead after 1: nobody points to the version,
 * and the next publish takes its place. Dead after 2 or 3: `settleAll` tells the triggers (again).
 */
export function createFlowPublisher(deps: {
  database: Database;
  clock: Clock;
  drafts: FlowDrafts;
  check: DraftCheck;
  activation: FlowActivation;
}): FlowPublisher {
  const { drafts, activation } = deps;
  const storedFlows = deps.database.collection(flows);
  const storedVersions = deps.database.collection(flowVersions);

  /** Until one telling was followed by no other change: two processes may publish and archive at once. */
  async function settle(flowId: string): Promise<void> {
    for (let isSettled = false; !isSettled; ) {
      const { status, liveVersion, change } = await drafts.get(flowId);
      if (status === 'archived') await activation.archived(flowId);
      else if (status === 'live' && liveVersion !== null) await activation.published({ flowId, version: liveVersion });
      const { matchedCount } = await storedFlows.updateOne({ _id: flowId, change }, { $unset: { isUnsettled: '' } });
      isSettled = matchedCount === 1;
    }
  }

  async function publish(flowId: string, request: { baseRevision: number; note: string }, by: Account) {
    const flow = await drafts.get(flowId);
    if (flow.revision !== request.baseRevision) throw draftConflict(flow);
    if (flow.status === 'live' && flow.publishedRevision === flow.revision && flow.liveVersion !== null) {
      if (flow.isUnsettled) await settle(flowId);
      return { version: flow.liveVersion };
    }
    const graph = readGraph(flow);
    const problems = await deps.check.problemsOf(graph);
    if (hasErrors(problems))
      throw new AppError('flow-has-problems', 'The draft has problems that keep it from being published', {
        details: { problems },
      });

    const version = (flow.liveVersion ?? 0) + 1;
    const publishedAt = new Date(deps.clock.now());
    await insertVersion({
      _id: versionIdOf(flowId, version),
      flowId,
      version,
      revision: flow.revision,
      graphText: flow.graphText,
      publishedAt,
      publishedBy: by.name,
      note: request.note,
    });
    const { matchedCount } = await storedFlows.updateOne(
      // Only while the draft is the one that was frozen and nobody else took this version.
      { _id: flowId, revision: flow.revision, liveVersion: flow.liveVersion },
      {
        $set: {
          status: 'live',
          liveVersion: version,
          publishedRevision: flow.revision,
          publishedDigest: flow.digest,
          isUnsettled: true,
          updatedAt: publishedAt,
          updatedBy: by.name,
        },
        $inc: { change: 1 },
      },
    );
    // Somebody was faster. Asked again, the answer is their version (same draft) or a conflict (another one).
    if (matchedCount === 0) return publish(flowId, request, by);
    await settle(flowId);
    return { version };
  }

  /**
   * A version of this number may lie there without a flow that points to it. From this very draft it is the same version;
   * from an earlier one it can never be pointed to any more, since a flow only points to versions of its present revision.
   */
  async function insertVersion(version: FlowVersionRecord): Promise<void> {
    try {
      await storedVersions.insertOne(version);
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
      const { _id, ...content } = version;
      await storedVersions.replaceOne({ _id, revision: { $lt: version.revision } }, content);
    }
  }

  return {
    publish,
    async archive(flowId, by) {
      const now = new Date(deps.clock.now());
      await storedFlows.updateOne(
        { _id: flowId, status: { $ne: 'archived' } },
        { $set: { status: 'archived', isUnsettled: true, updatedAt: now, updatedBy: by.name }, $inc: { change: 1 } },
      );
      // Of a flow that was archived before, too: whoever did may have died before its triggers stopped.
      await settle(flowId);
    },
    async settleAll() {
      const unsettled = await storedFlows.find({ isUnsettled: true }, { projection: { _id: 1 } }).toArray();
      for (const { _id } of unsettled as Pick<FlowRecord, '_id'>[]) await settle(_id);
    },
  };
}
