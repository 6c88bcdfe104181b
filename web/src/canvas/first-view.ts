import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { GraphNode } from '@sluice/shared/graph';
import { isTrigger, type NodeCatalog } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';

export const MIN_ZOOM = 0.1;
/** Clear of the tools in the corners; no flow is shown larger than it is. */
const FIT = { padding: { x: '24px', y: '56px' }, maxZoom: 1 } as const;
/** A flow is shown whole down to the zoom at which its names can just be read; what then does not fit begins at one that reads with ease. */
const WIDE = { whole: 0.33, zoom: 0.5, margin: 40 };
/** Nearer on a phone, which is held far from the eye and touched. */
const NARROW = { whole: 0.6, zoom: 0.6, margin: 16 };
const NARROW_WIDTH = 640;
/** Where something is looked for that the beginning does not show, the whole flow shows it, as long as colours can be told. */
const MAP_ZOOM = 0.2;
/** What is larger than this opens as a map: nobody reads it from its beginning, and drawing it near would take its time. */
const MANY_NODES = 150;

interface Room {
  width: number;
  height: number;
}

/**
 * The view to begin with: the whole flow, or where its names would be dots its beginning, so that what is cut is its end.
 * Known before the first drawing, so that a large flow is not drawn once near and at once again from afar. `seen` is a node
 * that is to be in it, since it is what is looked for.
 */
export function firstView(document: FlowDocument, catalog: NodeCatalog, room: Room, seen?: string): Viewport {
  const { view: whole, bounds } = fitted(document, catalog, room);
  const isNarrow = room.width < NARROW_WIDTH;
  const legible = isNarrow ? NARROW : WIDE;
  const first = firstNode(document, catalog);
  const isMap = Object.keys(document.nodes).length > MANY_NODES && !isNarrow;
  if (!first || !bounds || whole.zoom >= legible.whole || isMap) return whole;
  const { zoom, margin } = legible;
  // A note far to the left does not push the first node out.
  const left = Math.max(bounds.x, first.position.x - room.width / 2 / zoom);
  // What fits in height is shown so; of what does not, the row of the first node is in the middle.
  const isFlat = bounds.height * zoom <= room.height - 2 * margin;
  const middle = isFlat ? bounds.y + bounds.height / 2 : first.position.y + heightOf(catalog, first) / 2;
  const beginning = { x: margin - left * zoom, y: room.height / 2 - middle * zoom, zoom };
  const node = document.nodes[seen ?? ''];
  if (!node) return beginning;
  const height = heightOf(catalog, node);
  const isIn = (from: number, length: number, size: number) => from >= margin && from + length * zoom <= size - margin;
  const { x, y } = node.position;
  const isInWidth = isIn(x * zoom + beginning.x, NODE_WIDTH, room.width);
  const isInHeight = isIn(y * zoom + beginning.y, height, room.height);
  if (isInWidth && isInHeight) return beginning;
  if (whole.zoom >= MAP_ZOOM && !isNarrow) return whole;
  return {
    x: isInWidth ? beginning.x : room.width / 2 - (x + NODE_WIDTH / 2) * zoom,
    y: isInHeight ? beginning.y : room.height / 2 - (y + height / 2) * zoom,
    zoom,
  };
}

/** Where reading begins: the trigger farthest to the left, or in a flow without one the node that is. */
function firstNode(document: FlowDocument, catalog: NodeCatalog): GraphNode | undefined {
  const nodes = Object.values(document.nodes);
  const triggers = nodes.filter((node) => isTrigger(catalog, node));
  const [first] = (triggers.length > 0 ? triggers : nodes).toSorted((a, b) => a.position.x - b.position.x);
  return first;
}

/** The view that shows the whole flow. */
export function wholeView(document: FlowDocument, catalog: NodeCatalog, room: Room): Viewport {
  return fitted(document, catalog, room).view;
}

function fitted(document: FlowDocument, catalog: NodeCatalog, { width, height }: Room) {
  const nodes = Object.values(document.nodes);
  if (nodes.length === 0 || width === 0 || height === 0) return { view: { x: 0, y: 0, zoom: 1 } };
  const boxes = [
    ...nodes.map((node) => ({ ...node.position, width: NODE_WIDTH, height: heightOf(catalog, node) })),
    ...Object.values(document.notes).map(({ position, size }) => ({ ...position, ...size })),
  ];
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  return { bounds, view: getViewportForBounds(bounds, width, height, MIN_ZOOM, FIT.maxZoom, FIT.padding) };
}
