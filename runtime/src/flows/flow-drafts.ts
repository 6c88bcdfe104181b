import { AppError } from '@sluice/shared/errors';
import { EMPTY_GRAPH, type Graph } from '@sluice/shared/graph';
import type { Account } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { digestOf, type FlowRecord, flows, readGraph, templateKindsOf } from './flow-record.ts';

/** Flows and their drafts. */
export interface FlowDrafts {
  create(draft: { name: string; graph?: Graph | undefined }, by: Account): Promise<FlowRecord>;
  /** Throws `not-found`. */
  get(flowId: string): Promise<FlowRecord>;
  /**
   * Saves over the revision that the editor started from; throws `draft-conflict` with the stored draft when somebody
   * saved since. Repeating a save whose answer was lost is harmless.
   */
  save(
    flowId: string,
    draft: { name: string; graph: Graph; baseRevision: number },
    by: Account,
  ): Promise<{ revision: number; savedAt: string }>;
}

export function createFlowDrafts({ database, clock }: { database: Database; clock: Clock }): FlowDrafts {
  const stored = database.collection(flows);

  const get = async (flowId: string) => {
    const flow = await stored.findOne({ _id: flowId });
    if (!flow) throw new AppError('not-found', `There is no flow ${flowId}`, { details: { what: 'flow', id: flowId } });
    return flow;
  };

  return {
    get,
    async create({ name, graph = EMPTY_GRAPH }, by) {
      const now = new Date(clock.now());
      const flow: FlowRecord = {
        _id: ulid(now.getTime()),
        name,
        status: 'draft',
        graphText: JSON.stringify(graph),
        digest: digestOf(graph),
        revision: 1,
        liveVersion: null,
        publishedRevision: null,
        publishedDigest: null,
        change: 0,
        ...originOf(graph),
        ...templateKindsOf(graph),
        createdAt: now,
        createdBy: by.name,
        updatedAt: now,
        updatedBy: by.name,
      };
      await stored.insertOne(flow);
      return flow;
    },
    async save(flowId, { name, graph, baseRevision }, by) {
      const now = new Date(clock.now());
      const digest = digestOf(graph);
      const kinds = templateKindsOf(graph);
      const unset = { ...(!graph.origin && { origin: true }), ...(!kinds.templateKinds && { templateKinds: true }) };
      const { matchedCount } = await stored.updateOne(
        { _id: flowId, revision: baseRevision },
        {
          $set: {
            name,
            graphText: JSON.stringify(graph),
            digest,
            ...originOf(graph),
            ...kinds,
            updatedAt: now,
            updatedBy: by.name,
          },
          ...(Object.keys(unset).length > 0 && { $unset: unset as Record<string, true> }),
          $inc: { revision: 1 },
        },
      );
      if (matchedCount === 1) return { revision: baseRevision + 1, savedAt: now.toISOString() };
      const current = await get(flowId);
      const isOwnEarlierTry =
        current.revision === baseRevision + 1 && current.digest === digest && current.name === name;
      if (!isOwnEarlierTry) throw draftConflict(current);
      return { revision: current.revision, savedAt: current.updatedAt.toISOString() };
    },
  };
}

function originOf({ origin }: Graph): Pick<FlowRecord, 'origin'> {
  return origin ? { origin: { template: origin.template, version: origin.version } } : {};
}

/** Carries the stored draft, so that the editor can show both versions without asking again. */
export function draftConflict(current: FlowRecord): AppError {
  const { name, revision, updatedAt, updatedBy } = current;
  return new AppError('draft-conflict', `${updatedBy} has saved this draft since (revision ${revision})`, {
    details: { draft: { name, graph: readGraph(current), revision, updatedAt: updatedAt.toISOString(), updatedBy } },
  });
}
