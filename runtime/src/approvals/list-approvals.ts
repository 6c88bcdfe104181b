import type { Account, Approval, ApprovalSummary } from '@sluice/shared/http-api';
import { Type } from 'typebox';
import type { DraftCheck } from '../flows/check-draft.ts';
import { type FlowRecord, flows, flowVersions, readGraph, versionIdOf } from '../flows/flow-record.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type ApprovalRecord, approvals } from './approval-record.ts';
import { stateOf } from './approvals.ts';

type FlowState = Pick<FlowRecord, '_id' | 'name' | 'revision' | 'publishedRevision' | 'status' | 'liveVersion'>;
type Listed = Omit<ApprovalRecord, 'graphText'>;

/** Requests as people read them. */
export interface ApprovalList {
  list(
    query: {
      open?: boolean | undefined;
      flowId?: string | undefined;
      after?: string | undefined;
      limit?: number | undefined;
    },
    by: Account,
  ): Promise<{ items: ApprovalSummary[]; next: string | null }>;
  /** How many wait for this account to decide; none where its role decides nothing. */
  countWaiting(by: Account): Promise<number>;
  summarize(request: Listed, by: Account): Promise<ApprovalSummary>;
  describe(request: ApprovalRecord, by: Account): Promise<Approval>;
}

const DEFAULT_LIMIT = 50;
/** More than wait anywhere; beyond it the count stays this. */
const MOST_COUNTED = 200;

export function createApprovalList({ database, check }: { database: Database; check: DraftCheck }): ApprovalList {
  const stored = database.collection(approvals);
  const withoutGraph = { projection: { graphText: 0 } };

  async function flowsOf(requests: readonly Listed[]): Promise<ReadonlyMap<string, FlowState>> {
    const ids = [...new Set(requests.map(({ flowId }) => flowId))];
    const projection = { name: 1, revision: 1, publishedRevision: 1, status: 1, liveVersion: 1 };
    const found = await database
      .collection(flows)
      .find({ _id: { $in: ids } }, { projection })
      .toArray();
    return new Map(found.map((flow) => [flow._id, flow]));
  }

  async function summarize(request: Listed, by: Account): Promise<ApprovalSummary> {
    return toSummary(request, (await flowsOf([request])).get(request.flowId), by);
  }

  return {
    summarize,
    async list({ open = false, flowId, after, limit = DEFAULT_LIMIT }, by) {
      const items: ApprovalSummary[] = [];
      let position = after === undefined ? undefined : readCursor(after, Type.String())[0];
      // Open ones that turn out void are passed over, so that a page holds what it may.
      for (;;) {
        const found = await stored
          .find(
            {
              ...(flowId !== undefined && { flowId }),
              ...(open && { state: 'open' as const }),
              ...(position !== undefined && { _id: { $lt: position } }),
            },
            withoutGraph,
          )
          .sort({ _id: -1 })
          .limit(limit)
          .toArray();
        const known = await flowsOf(found);
        for (const request of found) {
          const summary = toSummary(request, known.get(request.flowId), by);
          position = request._id;
          if (!open || summary.state === 'open') items.push(summary);
          if (items.length === limit) return { items, next: writeCursor([position]) };
        }
        if (found.length < limit) return { items, next: null };
      }
    },
    async countWaiting(by) {
      if (by.role !== 'administrator' && by.role !== 'operator') return 0;
      const found = await stored
        .find({ state: 'open', 'requestedBy.id': { $ne: by.id } }, withoutGraph)
        .sort({ _id: -1 })
        .limit(MOST_COUNTED)
        .toArray();
      const known = await flowsOf(found);
      return found.filter((request) => stateOf(request, known.get(request.flowId)) === 'open').length;
    },
    async describe(request, by) {
      const flow = (await flowsOf([request])).get(request.flowId);
      const summary = toSummary(request, flow, by);
      const isOpen = summary.state === 'open';
      const version = isOpen ? (flow?.liveVersion ?? null) : request.baseVersion;
      const base =
        version === null
          ? null
          : await database.collection(flowVersions).findOne({ _id: versionIdOf(request.flowId, version) });
      const graph = readGraph(request);
      return {
        ...summary,
        graph,
        base: base && { version: base.version, graph: readGraph(base) },
        cases: request.cases,
        problems: isOpen ? await check.problemsOf(graph, by.role) : [],
      };
    },
  };
}

function toSummary(request: Listed, flow: FlowState | undefined, by: Account): ApprovalSummary {
  const { _id: id, flowId, revision, requestedBy, requestedAt, note, name, policy, decision, version } = request;
  return {
    id,
    flowId,
    flowName: flow?.name ?? flowId,
    revision,
    state: stateOf(request, flow),
    requestedBy: requestedBy.name,
    requestedAt: requestedAt.toISOString(),
    isOwn: requestedBy.id === by.id,
    note,
    ...(name !== undefined && { name }),
    ...(policy && { policy }),
    decidedBy: decision?.by.name ?? null,
    decidedAt: decision?.at.toISOString() ?? null,
    comment: decision?.comment ?? '',
    version: version ?? null,
  };
}
