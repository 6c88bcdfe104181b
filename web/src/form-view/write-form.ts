import type { Graph, GraphEdge, GraphNode } from '@sluice/shared/graph';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';
import { type FlowForm, linksOf, nodesOf } from './flow-form.ts';

/**
 * Puts a form into a graph: what the trigger led to before becomes what the form says, and everything else stays, notes and
 * parked nodes too. What is in the form already keeps its place, its edges and their ids. Pure, but for fresh ids.
 */
export function writeForm(
  form: FlowForm,
  graph: Graph,
  catalog: NodeCatalog,
  createId: (prefix: string) => string,
): Graph {
  const wanted = nodesOf(form);
  const gone = reachedIn(graph, catalog);
  for (const id of wanted.keys()) gone.delete(id);
  const kept = graph.nodes.filter(({ id }) => !gone.has(id));
  const known = new Set(kept.map(({ id }) => id));
  const nodes = [
    ...kept.map((node) => wanted.get(node.id) ?? node),
    ...[...wanted.values()].filter(({ id }) => !known.has(id)),
  ];
  const firstPort = portsOf(catalog, form.trigger)[0]?.id ?? 'next';
  const { measurement: _measured, ...rest } = graph;
  return {
    ...rest,
    nodes,
    edges: joinEdges(form, graph.edges, firstPort, wanted, gone, createId),
    ...(form.measurement && { measurement: form.measurement }),
  };
}

function joinEdges(
  form: FlowForm,
  before: readonly GraphEdge[],
  firstPort: string,
  wanted: ReadonlyMap<string, GraphNode>,
  gone: ReadonlySet<string>,
  createId: (prefix: string) => string,
): GraphEdge[] {
  const links = new Map(linksOf(form, firstPort).map((link) => [`${link.from}/${link.port}`, link]));
  const edges = before.flatMap((edge): GraphEdge[] => {
    if (gone.has(edge.from) || gone.has(edge.to)) {
      // The way out may lead somewhere else now; its edge keeps its id.
      if (gone.has(edge.from) || !links.has(`${edge.from}/${edge.port}`)) return [];
    }
    if (!wanted.has(edge.from)) return [edge];
    const link = links.get(`${edge.from}/${edge.port}`);
    links.delete(`${edge.from}/${edge.port}`);
    return link ? [edge.to === link.to ? edge : { ...edge, to: link.to }] : [];
  });
  return [...edges, ...[...links.values()].map((link) => ({ id: createId('e'), ...link }))];
}

/** Every node that a trigger leads to, the triggers too. */
function reachedIn(graph: Graph, catalog: NodeCatalog): Set<string> {
  const next = Map.groupBy(graph.edges, ({ from }) => from);
  const reached = new Set<string>();
  const open = graph.nodes.filter(({ kind }) => catalog.find(kind)?.trigger).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const { to } of next.get(id) ?? []) open.push(to);
  }
  return reached;
}
