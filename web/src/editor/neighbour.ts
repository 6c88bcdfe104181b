import { type NodeCatalog, portsOf } from './catalog.ts';
import { edgeAtPort, edgesTo } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';

export type Direction = 'forward' | 'back' | 'up' | 'down';

/** Nodes in reading order: by column, then from top to bottom. */
export function nodesInReadingOrder(document: FlowDocument): string[] {
  return Object.values(document.nodes)
    .toSorted((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)
    .map((node) => node.id);
}

/** Targets of a node in the order of its ports. */
export function successorsOf(document: FlowDocument, catalog: NodeCatalog, node: string): string[] {
  const from = document.nodes[node];
  return from ? portsOf(catalog, from).flatMap((port) => edgeAtPort(document, node, port.id)?.to ?? []) : [];
}

/**
 * Where an arrow key leads: along an edge, or up and down among the nodes that hang at the same predecessor; where that
 * ends, to the nearest node in that direction, so that every node can be reached by keyboard (EDIT-4).
 */
export function neighbourOf(
  document: FlowDocument,
  catalog: NodeCatalog,
  start: string | undefined,
  direction: Direction,
): string | undefined {
  const node = document.nodes[start ?? ''];
  if (!node) return nodesInReadingOrder(document)[0];
  if (direction === 'forward') return successorsOf(document, catalog, node.id)[0] ?? nearest('x', 1);
  if (direction === 'back') return topmost(edgesTo(document, node.id).map((edge) => edge.from)) ?? nearest('x', -1);
  const step = direction === 'down' ? 1 : -1;
  const siblings = edgesTo(document, node.id).flatMap((edge) => successorsOf(document, catalog, edge.from));
  const ordered = [...new Set(siblings)];
  return ordered[ordered.indexOf(node.id) + step] ?? nearest('y', step);

  function topmost(ids: string[]): string | undefined {
    return nodesInReadingOrder(document).find((id) => ids.includes(id));
  }

  function nearest(axis: 'x' | 'y', sign: number): string | undefined {
    const here = node?.position ?? { x: 0, y: 0 };
    const cross = axis === 'x' ? 'y' : 'x';
    const distance = (id: string) => {
      const there = document.nodes[id]?.position ?? here;
      const along = (there[axis] - here[axis]) * sign;
      return along > 0 ? along + 2 * Math.abs(there[cross] - here[cross]) : Number.POSITIVE_INFINITY;
    };
    const [best] = Object.keys(document.nodes).toSorted((a, b) => distance(a) - distance(b));
    return best !== undefined && distance(best) < Number.POSITIVE_INFINITY ? best : undefined;
  }
}
