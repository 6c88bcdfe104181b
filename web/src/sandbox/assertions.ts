import type { Graph } from '@sluice/shared/graph';
import type { Assertion, CaseResult, Trace } from '@sluice/shared/http-api';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';

export const ASSERTION_KINDS = ['reaches', 'avoids', 'leaves', 'receives', 'receives-not', 'ends', 'dealt'] as const;

/** What is most likely to be meant of a dry run: how it ended, and what was received on the way. */
export function assertionsOf(trace: Trace, flowId: string): Assertion[] {
  const run = trace.runs.find((one) => one.flowId === flowId);
  const visits = trace.entries.flatMap((entry) =>
    entry.kind === 'visit' && trace.runs[entry.run]?.flowId === flowId ? [entry] : [],
  );
  const received = visits.flatMap(({ node, effects }): Assertion[] => {
    const message = effects.find(({ message: one }) => one?.status === 'sent')?.message;
    return message ? [{ kind: 'receives', node, ...(message.subject !== '' && { text: message.subject }) }] : [];
  });
  const last = visits.at(-1);
  const reason = run?.endReason?.values?.reason;
  const end: Assertion[] =
    run?.status === 'ended' ? [{ kind: 'ends', ...(typeof reason === 'string' && reason !== '' && { reason }) }] : [];
  return [...(last ? [{ kind: 'reaches' as const, node: last.node }] : []), ...received, ...end];
}

/** An assertion of another kind that keeps the node where it still makes sense. */
export function assertionOfKind(
  kind: Assertion['kind'],
  before: Assertion,
  graph: Graph,
  catalog: NodeCatalog,
): Assertion {
  const node = ('node' in before ? before.node : undefined) ?? graph.nodes[0]?.id ?? '';
  switch (kind) {
    case 'reaches':
    case 'avoids':
      return { kind, node };
    case 'leaves':
      return { kind, node, port: firstPort(node, graph, catalog) };
    case 'dealt':
      return { kind, node, variant: firstPort(node, graph, catalog) };
    case 'receives':
    case 'receives-not':
    case 'ends':
      return { kind };
  }
}

export function firstPort(nodeId: string, graph: Graph, catalog: NodeCatalog): string {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return (node && portsOf(catalog, node)[0]?.id) ?? '';
}

export interface Coverage {
  nodes: ReadonlySet<string>;
  /** `node:port`. */
  ways: ReadonlySet<string>;
  /** Ports of the graph that no case takes. */
  missing: readonly { node: string; port: string }[];
  covered: number;
  all: number;
}

/** What the cases exercise of a graph. Pure. */
export function coverageOf(results: readonly CaseResult[], graph: Graph, catalog: NodeCatalog): Coverage {
  const nodes = new Set<string>();
  const ways = new Set<string>();
  for (const { covered } of results)
    for (const [node, ports] of Object.entries(covered)) {
      nodes.add(node);
      for (const port of ports) ways.add(`${node}:${port}`);
    }
  const all = graph.nodes.flatMap((node) => portsOf(catalog, node).map(({ id: port }) => ({ node: node.id, port })));
  const missing = all.filter(({ node, port }) => !ways.has(`${node}:${port}`));
  return { nodes, ways, missing, covered: all.length - missing.length, all: all.length };
}
