import type { Graph } from '@sluice/shared/graph';

/** A node as `[id, kind, params]`. */
export type NodeNote = readonly [id: string, kind: string, params: object];

/** A graph in a row, written short: nodes, and edges as `from:port>to`. */
export function graphOf(nodes: readonly NodeNote[], edges: readonly string[]): Graph {
  return {
    schema: 1,
    nodes: nodes.map(([id, kind, params], index) => ({
      id,
      kind,
      kindVersion: 1,
      params: params as Record<string, unknown>,
      position: { x: 280 * index, y: 0 },
    })),
    edges: edges.map((text, index) => {
      const [from = '', port = '', to = ''] = text.split(/[:>]/);
      return { id: `e${index}`, from, port, to };
    }),
  };
}
