import { Graph, layout } from '@dagrejs/dagre';
import { type NodeCatalog, portsOf } from './catalog.ts';
import { edgeAtPort } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';
import { COLUMN_GAP, heightOf, NODE_WIDTH, type Point, ROW_GAP, snap } from './placement.ts';
import { nodesInReadingOrder } from './neighbour.ts';

/**
 * Places for the chosen nodes, layered from left to right (Sugiyama style, by dagre). The upper left node of the choice
 * stays where it is, so that tidying moves the flow as little as it can.
 */
export function layOut(document: FlowDocument, catalog: NodeCatalog, chosen: readonly string[]): Record<string, Point> {
  const ids = nodesInReadingOrder(document).filter((id) => chosen.includes(id));
  const graph = new Graph({ directed: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: COLUMN_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) {
    const node = document.nodes[id];
    if (node) graph.setNode(id, { width: NODE_WIDTH, height: heightOf(catalog, node) });
  }
  for (const id of ids) {
    const node = document.nodes[id];
    for (const port of node ? portsOf(catalog, node) : []) {
      const edge = edgeAtPort(document, id, port.id);
      if (edge && ids.includes(edge.to)) graph.setEdge(id, edge.to, {}, edge.id);
    }
  }
  // Sorting for the fewest crossings may put "No" above "Yes"; the order of the ports is worth more than a crossing.
  layout(graph, { disableOptimalOrderHeuristic: true });
  const [anchor] = ids;
  if (anchor === undefined) return {};
  const corner = (id: string): Point => {
    const placed = graph.node(id) as { x: number; y: number; height: number };
    return { x: placed.x - NODE_WIDTH / 2, y: placed.y - placed.height / 2 };
  };
  const fixed = document.nodes[anchor]?.position ?? { x: 0, y: 0 };
  const shift = { x: fixed.x - corner(anchor).x, y: fixed.y - corner(anchor).y };
  return Object.fromEntries(ids.map((id) => [id, snap({ x: corner(id).x + shift.x, y: corner(id).y + shift.y })]));
}
