import type { ManifestIndex } from '../node-contract/manifest.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';

/** A graph made walkable: every look-up is constant time. Built once per flow version and shared by all its runs. */
export interface GraphIndex {
  readonly graph: Graph;
  node(nodeId: string): GraphNode | undefined;
  /** The node behind a port, undefined where the port is open. */
  next(nodeId: string, port: string): string | undefined;
  outgoing(nodeId: string): readonly GraphEdge[];
  incoming(nodeId: string): readonly GraphEdge[];
  /** Nodes where runs begin, in the order of the graph. */
  readonly triggers: readonly GraphNode[];
}

const NONE: readonly GraphEdge[] = [];

/** Indexes a graph, also an unfinished one: of two nodes with one id, or two edges of one port, the first counts. */
export function indexGraph(graph: Graph, manifests: ManifestIndex): GraphIndex {
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);

  const outgoing = new Map<string, GraphEdge[]>();
  const incoming = new Map<string, GraphEdge[]>();
  const targets = new Map<string, Map<string, string>>();
  for (const edge of graph.edges) {
    gather(outgoing, edge.from, edge);
    gather(incoming, edge.to, edge);
    const ports = targets.get(edge.from) ?? new Map<string, string>();
    if (!ports.has(edge.port)) ports.set(edge.port, edge.to);
    targets.set(edge.from, ports);
  }

  return {
    graph,
    node: (nodeId) => nodes.get(nodeId),
    next: (nodeId, port) => targets.get(nodeId)?.get(port),
    outgoing: (nodeId) => outgoing.get(nodeId) ?? NONE,
    incoming: (nodeId) => incoming.get(nodeId) ?? NONE,
    triggers: [...nodes.values()].filter(({ kind }) => manifests.get(kind)?.category === 'trigger'),
  };
}

/** Every node a run can get to from a trigger, the triggers included. */
export function reachableNodes(index: GraphIndex): ReadonlySet<string> {
  return reachableFrom(
    index,
    index.triggers.map(({ id }) => id),
  );
}

/** These nodes and every node behind them. */
export function reachableFrom(index: GraphIndex, nodes: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(nodes);
  // A set grows while it is walked: what is added is visited too.
  for (const nodeId of reached)
    for (const { to } of index.outgoing(nodeId)) if (index.node(to) !== undefined) reached.add(to);
  return reached;
}

function gather(edges: Map<string, GraphEdge[]>, nodeId: string, edge: GraphEdge): void {
  const of = edges.get(nodeId);
  if (of === undefined) edges.set(nodeId, [edge]);
  else of.push(edge);
}
