import type { GraphEdge, GraphNode } from '@sluice/shared/graph';
import { getSmoothStepPath, Position } from '@xyflow/react';
import { type NodeCatalog, portsOf } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { COLUMN_GAP, NODE_WIDTH, type Point, portOffset } from '../editor/placement.ts';

export const HANDLE_SIZE = 12;
const CORNER_RADIUS = 8;

/**
 * The line between two points, and where its label stands: in its middle, or, since that of a long one would lie beneath a
 * card, in the room right behind where it begins.
 */
export function edgePath(from: Point, to: Point): { path: string; label: Point; isLong: boolean } {
  const [path, x, y] = getSmoothStepPath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: Position.Right,
    targetX: to.x,
    targetY: to.y,
    targetPosition: Position.Left,
    borderRadius: CORNER_RADIUS,
  });
  const isLong = to.x - from.x > 2 * COLUMN_GAP;
  return { path, isLong, label: isLong ? { x: from.x + COLUMN_GAP / 2, y: from.y } : { x, y } };
}

/** Where an edge leaves a node that stands at `at`: the outer rim of its port. */
function exitPoint(catalog: NodeCatalog, node: GraphNode, port: string, at: Point): Point {
  const ports = portsOf(catalog, node);
  const index = Math.max(
    0,
    ports.findIndex(({ id }) => id === port),
  );
  return { x: at.x + NODE_WIDTH + HANDLE_SIZE / 2, y: at.y + portOffset(ports, index) };
}

/** Where every edge enters a node that stands at `at`. */
function entryPoint(at: Point): Point {
  return { x: at.x - HANDLE_SIZE / 2, y: at.y + portOffset([], 0) };
}

/** An edge as it is drawn when its nodes stand where `placeOf` says; undefined when one of them is not there. */
export function wayOf(
  catalog: NodeCatalog,
  document: FlowDocument,
  edge: GraphEdge,
  placeOf: (node: GraphNode) => Point = ({ position }) => position,
): ReturnType<typeof edgePath> | undefined {
  const [source, target] = [document.nodes[edge.from], document.nodes[edge.to]];
  if (!source || !target) return undefined;
  return edgePath(exitPoint(catalog, source, edge.port, placeOf(source)), entryPoint(placeOf(target)));
}
