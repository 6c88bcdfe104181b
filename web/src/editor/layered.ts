import { Graph, layout } from '@dagrejs/dagre';
import { type NodeCatalog, portsOf } from './catalog.ts';
import { edgeAtPort, edgesTo } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';
import { COLUMN_GAP, heightOf, NODE_WIDTH, type Point, ROW_GAP, snap } from './placement.ts';

/**
 * Places for connected nodes, layered from left to right (Sugiyama style, by dagre), measured from the first of them. Goes
 * by the order of `ids` and of the ports alone, not by where the nodes stand now.
 */
export function layered(
  document: FlowDocument,
  catalog: NodeCatalog,
  ids: readonly string[],
): ReadonlyMap<string, Point> {
  const graph = new Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: COLUMN_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  const within = new Set(ids);
  for (const id of ids) {
    const node = document.nodes[id];
    if (node) graph.setNode(id, { width: NODE_WIDTH, height: heightOf(catalog, node) });
  }
  for (const id of ids) {
    const node = document.nodes[id];
    for (const port of node ? portsOf(catalog, node) : []) {
      const edge = edgeAtPort(document, id, port.id);
      if (!edge || !within.has(edge.to)) continue;
      // A step stands right behind what leads to it; it is the way to where several meet that may be long.
      const weight = edgesTo(document, edge.to).length > 1 ? 1 : 2;
      graph.setEdge(id, edge.to, { weight }, edge.id);
    }
  }
  // Sorting for the fewest crossings may put "No" above "Yes"; the order of the ports is worth more than a crossing.
  layout(graph, { disableOptimalOrderHeuristic: true });
  const corner = (id: string): Point => {
    const placed = graph.node(id) as { x: number; y: number; height: number };
    return { x: placed.x - NODE_WIDTH / 2, y: placed.y - placed.height / 2 };
  };
  const [first] = ids;
  if (first === undefined) return new Map();
  const origin = corner(first);
  return new Map(ids.map((id) => [id, snap({ x: corner(id).x - origin.x, y: corner(id).y - origin.y })]));
}
