import type { Graph, GraphEdge, GraphNode, Measurement } from '@sluice/shared/graph';
import type { ParamsOf } from '@sluice/shared/node-contract';
import { type BuiltInKind, type BuiltInManifest, manifests } from '../nodes/manifests.ts';

/** Fits the node card with room for the labels of its ways out, on the grid of the canvas. */
const COLUMN = 300;
const ROW = 160;

/** A node of a ready-made flow; a wrong param is a compile error. */
export type DrawnNode = {
  [K in BuiltInKind]: {
    id: string;
    kind: K;
    /** Column and row on the canvas, from the top left. */
    at: readonly [column: number, row: number];
    params: ParamsOf<Extract<BuiltInManifest, { kind: K }>>;
    name?: string;
  };
}[BuiltInKind];

/** Draws a graph; edges are written `from.port>to`. */
export function drawGraph(
  nodes: readonly DrawnNode[],
  edges: readonly `${string}.${string}>${string}`[],
  measurement: Measurement,
): Graph {
  return {
    schema: 1,
    nodes: nodes.map(
      ({ id, kind, at: [column, row], params, name }): GraphNode => ({
        id,
        kind,
        kindVersion: manifests.get(kind)?.version ?? 1,
        ...(name !== undefined && { name }),
        params,
        position: { x: column * COLUMN, y: row * ROW },
      }),
    ),
    edges: edges.map((text, index): GraphEdge => {
      const [from = '', port = '', to = ''] = text.split(/[.>]/);
      return { id: `e${index + 1}`, from, port, to };
    }),
    measurement,
  };
}
