import type { Flow, FlowSummary, FlowVersion } from '@sluice/shared/http-api';
import { Type } from 'typebox';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type FlowRecord, flows, flowVersions, type FlowVersionRecord, readGraph } from './flow-record.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

/** How many runs ever entered each flow; flows without runs may be absent. */
export interface FlowTotals {
  entered(flowIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

interface Paging {
  after?: string | undefined;
  limit?: number | undefined;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** Reads flows for people. */
export interface FlowList {
  /** Last changed first; with `search`, those whose name contains it, whatever the case. */
  list(query: Paging & { search?: string | undefined }): Promise<Page<FlowSummary>>;
  /** Versions that were published, newest first. */
  listVersions(flow: FlowRecord, query: Paging): Promise<Page<FlowVersion>>;
  describe(flow: FlowRecord): Promise<Flow>;
}

const DEFAULT_LIMIT = 50;
/** Each carries its graph. */
const DEFAULT_VERSIONS = 20;

export function createFlowList({ database, totals }: { database: Database; totals: FlowTotals }): FlowList {
  const stored = database.collection(flows);

  return {
    async list({ search, after, limit = DEFAULT_LIMIT }) {
      const [updatedAt, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
      const position =
        updatedAt === undefined
          ? {}
          : {
              $or: [{ updatedAt: { $lt: new Date(updatedAt) } }, { updatedAt: new Date(updatedAt), _id: { $lt: id } }],
            };
      const named = search ? { name: { $regex: escapePattern(search), $options: 'i' } } : {};
      const found = await stored
        .find({ ...position, ...named } as object, { projection: { graphText: 0 } })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const entered = await totals.entered(page.map(({ _id }) => _id));
      const last = found.length > limit ? page.at(-1) : undefined;
      return {
        items: page.map((flow) => toSummary(flow, entered)),
        next: last ? writeCursor([last.updatedAt.getTime(), last._id]) : null,
      };
    },
    async listVersions({ _id: flowId, liveVersion }, { after, limit = DEFAULT_VERSIONS }) {
      // Above the one the flow points to may lie one that was never published; see the publisher.
      const [upTo = liveVersion ?? 0] = after ? readCursor(after, Type.Integer()) : [];
      const found = await database
        .collection(flowVersions)
        .find({ flowId, version: { $lte: Math.min(upTo, liveVersion ?? 0) } })
        .sort({ version: -1 })
        .limit(limit + 1)
        .toArray();
      const next = found[limit];
      return {
        items: found.slice(0, limit).map(describeVersion),
        next: next ? writeCursor([next.version]) : null,
      };
    },
    async describe(flow) {
      const entered = await totals.entered([flow._id]);
      return { ...toSummary(flow, entered), graph: readGraph(flow), revision: flow.revision };
    },
  };
}

export function describeVersion(record: FlowVersionRecord): FlowVersion {
  const { version, publishedAt, publishedBy, note, name, rolledBackTo, approval, failedCases } = record;
  return {
    version,
    graph: readGraph(record),
    publishedAt: publishedAt.toISOString(),
    publishedBy,
    note,
    ...(name !== undefined && { name }),
    ...(rolledBackTo !== undefined && { rolledBackTo }),
    ...(approval && { approvedBy: approval.by }),
    ...(failedCases && { failedCases }),
  };
}

function toSummary(flow: Omit<FlowRecord, 'graphText'>, entered: ReadonlyMap<string, number>): FlowSummary {
  return {
    id: flow._id,
    name: flow.name,
    status: flow.status,
    liveVersion: flow.liveVersion,
    hasUnpublishedChanges: flow.digest !== flow.publishedDigest,
    createdAt: flow.createdAt.toISOString(),
    updatedAt: flow.updatedAt.toISOString(),
    entered: entered.get(flow._id) ?? 0,
  };
}
