import type { GraphEdge } from '@sluice/shared/graph';
import type { FlowDocument } from './flow-document.ts';

interface EdgeIndex {
  readonly atPort: ReadonlyMap<string, GraphEdge>;
  readonly from: ReadonlyMap<string, readonly GraphEdge[]>;
  readonly to: ReadonlyMap<string, readonly GraphEdge[]>;
}

/** One index per set of edges: a drag changes nodes only, and every card asks at every step which ports are taken. */
const indexes = new WeakMap<FlowDocument['edges'], EdgeIndex>();
const NONE: readonly GraphEdge[] = [];

function indexOf(edges: FlowDocument['edges']): EdgeIndex {
  const known = indexes.get(edges);
  if (known) return known;
  const all = Object.values(edges);
  const index: EdgeIndex = {
    // Of two edges at one port, which only a graph from outside can hold, the first counts.
    atPort: new Map(all.toReversed().map((edge) => [`${edge.from}/${edge.port}`, edge])),
    from: Map.groupBy(all, (edge) => edge.from),
    to: Map.groupBy(all, (edge) => edge.to),
  };
  indexes.set(edges, index);
  return index;
}

export function edgesFrom(document: FlowDocument, node: string): readonly GraphEdge[] {
  return indexOf(document.edges).from.get(node) ?? NONE;
}

export function edgesTo(document: FlowDocument, node: string): readonly GraphEdge[] {
  return indexOf(document.edges).to.get(node) ?? NONE;
}

export function edgeAtPort(document: FlowDocument, node: string, port: string): GraphEdge | undefined {
  return indexOf(document.edges).atPort.get(`${node}/${port}`);
}
