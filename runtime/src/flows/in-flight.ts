import type { InFlight, StandingNode } from '@sluice/shared/http-api';
import type { Graph } from '@sluice/shared/graph';
import { isSameKind } from '@sluice/shared/node-template';
import type { FlowDrafts } from './flow-drafts.ts';
import { readGraph } from './flow-record.ts';
import type { FlowVersions } from './flow-versions.ts';

export interface StandingCount {
  version: number;
  node: string;
  waiting: number;
  failed: number;
}

/** Where runs in flight stand, held against the graph that is to replace theirs (RUN-5). */
export async function readInFlight(
  deps: {
    drafts: Pick<FlowDrafts, 'get'>;
    versions: Pick<FlowVersions, 'get'>;
    standing(flowId: string): Promise<readonly StandingCount[]>;
  },
  flowId: string,
  rollBackTo: number | undefined,
): Promise<InFlight> {
  const flow = await deps.drafts.get(flowId);
  const next = rollBackTo === undefined ? readGraph(flow) : (await deps.versions.get(flowId, rollBackTo))?.graph;
  const standing = await deps.standing(flowId);
  const graphs = new Map<number, Graph>();
  for (const version of new Set(standing.map((one) => one.version))) {
    const found = await deps.versions.get(flowId, version);
    if (found) graphs.set(version, found.graph);
  }
  const nodes = new Map<string, StandingNode>();
  // The newest version first: its name for a node is the one people know.
  for (const { version, node, waiting, failed } of standing.toSorted((a, b) => b.version - a.version)) {
    const known = graphs.get(version)?.nodes.find(({ id }) => id === node);
    const kind = known?.kind ?? '';
    const fits = next?.nodes.some((one) => one.id === node && isSameKind(one.kind, kind)) ?? false;
    const key = `${node} ${kind}`;
    const sum = nodes.get(key) ?? {
      node,
      kind,
      ...(known?.name !== undefined && { name: known.name }),
      waiting: 0,
      failed: 0,
      fits,
    };
    nodes.set(key, { ...sum, waiting: sum.waiting + waiting, failed: sum.failed + failed });
  }
  const items = [...nodes.values()].toSorted((a, b) => b.waiting + b.failed - a.waiting - a.failed);
  return { total: items.reduce((sum, { waiting, failed }) => sum + waiting + failed, 0), nodes: items };
}
