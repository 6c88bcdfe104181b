import type { ManifestIndex, PortSpec } from '../node-contract/manifest.ts';
import { findLoops } from './find-loops.ts';
import type { Graph, GraphEdge, Problem } from './graph.ts';
import { type GraphIndex, reachableFrom } from './index-graph.ts';

/** The most nodes a graph may have; the HTTP schema refuses more before this can say why. */
export const MAX_NODES = 1000;

/** Ids that stand twice; a second node or edge of an id would be silently ignored by whoever walks the graph. */
export function checkIds({ nodes, edges, notes = [] }: Graph): Problem[] {
  const problems: Problem[] = [];
  if (nodes.length > MAX_NODES)
    problems.push({ code: 'too-many-nodes', severity: 'error', values: { count: nodes.length, limit: MAX_NODES } });
  for (const id of repeated(nodes))
    problems.push({ code: 'duplicate-node-id', severity: 'error', node: id, values: { id } });
  for (const id of repeated(edges))
    problems.push({ code: 'duplicate-edge-id', severity: 'error', edge: id, values: { id } });
  for (const id of repeated(notes)) problems.push({ code: 'duplicate-note-id', severity: 'error', values: { id } });
  return problems;
}

/** Edges that begin or end where they cannot. `portsOf` is undefined where the ports of a node are not known. */
export function checkEdges(
  index: GraphIndex,
  manifests: ManifestIndex,
  portsOf: (nodeId: string) => readonly PortSpec[] | undefined,
): Problem[] {
  return index.graph.edges.flatMap((edge) => {
    const codes: Problem['code'][] = [];
    const target = index.node(edge.to);
    if (target === undefined) codes.push('edge-to-missing-node');
    else if (manifests.get(target.kind)?.category === 'trigger') codes.push('edge-into-trigger');
    if (index.node(edge.from) === undefined) codes.push('edge-from-missing-node');
    else {
      const ports = portsOf(edge.from);
      if (ports !== undefined && !ports.some(({ id }) => id === edge.port)) codes.push('edge-from-missing-port');
    }
    return codes.map((code): Problem => asProblem(code, edge));
  });
}

/** Ports with no edge, where a run would get stuck, or with several, of which only one could be taken. */
export function checkPorts(index: GraphIndex, portsOf: (nodeId: string) => readonly PortSpec[] | undefined): Problem[] {
  return index.graph.nodes.flatMap(({ id: node }) =>
    (portsOf(node) ?? []).flatMap(({ id: port }): Problem[] => {
      const edges = index.outgoing(node).filter((edge) => edge.port === port);
      if (edges.length === 1) return [];
      const code = edges.length === 0 ? 'open-port' : 'port-with-two-edges';
      return [{ code, severity: 'error', node, values: { port } }];
    }),
  );
}

/** Loops that nobody would ever leave or rest in. */
export function checkLoops(index: GraphIndex, manifests: ManifestIndex): Problem[] {
  const canWait = (nodeId: string) => {
    const node = index.node(nodeId);
    return node?.isDisabled !== true && manifests.get(node?.kind ?? '')?.canWait === true;
  };
  return findLoops(index, canWait).map(
    (nodes): Problem => ({
      code: 'loop-without-wait',
      severity: 'error',
      ...(nodes[0] !== undefined && { node: nodes[0] }),
      values: { nodes: nodes.join(', ') },
    }),
  );
}

/**
 * Joins that no fork leads to, where there is nothing to wait for; and forks in a loop without a join, which would send a
 * person round in more and more strands.
 */
export function checkStrands(index: GraphIndex, manifests: ManifestIndex): Problem[] {
  const roleOf = (nodeId: string) => manifests.get(index.node(nodeId)?.kind ?? '')?.strands;
  const nodes = index.graph.nodes.map(({ id }) => id);
  const forks = nodes.filter((id) => roleOf(id) === 'fork');
  const behindFork = reachableFrom(index, forks);
  const lonely = nodes.filter((id) => roleOf(id) === 'join' && !behindFork.has(id));
  const loops = findLoops(index, (id) => roleOf(id) === 'join').flatMap((loop) => {
    const fork = loop.find((id) => roleOf(id) === 'fork');
    return fork === undefined ? [] : [{ fork, loop }];
  });
  return [
    ...lonely.map((node): Problem => ({ code: 'join-without-fork', severity: 'warning', node })),
    ...loops.map(
      ({ fork, loop }): Problem => ({
        code: 'fork-in-loop',
        severity: 'error',
        node: fork,
        values: { nodes: loop.join(', ') },
      }),
    ),
  ];
}

function asProblem(code: string, edge: GraphEdge): Problem {
  const problem: Problem = { code, severity: 'error', edge: edge.id };
  return code === 'edge-from-missing-port' ? { ...problem, node: edge.from, values: { port: edge.port } } : problem;
}

function repeated(items: readonly { id: string }[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of items) (seen.has(id) ? twice : seen).add(id);
  return twice;
}
