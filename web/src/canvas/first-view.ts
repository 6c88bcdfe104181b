import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';

export const MIN_ZOOM = 0.1;
const FIT = { padding: 0.12, maxZoom: 1 };
/** From which zoom on every name is read without effort; nearer on a phone, which is held far from the eye and touched. */
const READABLE = { zoom: 0.5, margin: 40 };
const NARROW = { width: 640, zoom: 0.6, margin: 16 };
/** What is larger than this opens as a map: nobody reads it from its beginning, and drawing it near would take its time. */
const MANY_NODES = 150;

interface Room {
  width: number;
  height: number;
}

/**
 * The view to begin with: the whole flow, or where that would be dots its beginning, large enough to be read. Known before
 * the first drawing, so that a large flow is not drawn once near and at once again from afar. `seen` is a node that is to be
 * in it, since it is what is looked for.
 */
export function firstView(document: FlowDocument, catalog: NodeCatalog, room: Room, seen?: string): Viewport {
  const { view: whole, bounds } = fitted(document, catalog, room);
  const { zoom, margin } = room.width < NARROW.width ? NARROW : READABLE;
  const nodes = Object.values(document.nodes);
  const isMap = nodes.length > MANY_NODES && room.width >= NARROW.width;
  const [some] = nodes;
  if (!some || !bounds || whole.zoom >= zoom || isMap) return whole;
  const first = nodes.reduce((a, b) => (b.position.x < a.position.x ? b : a), some);
  // What fits in height is shown so; of what does not, the row of the first node is in the middle.
  const isFlat = bounds.height * zoom <= room.height - 2 * margin;
  const middle = isFlat ? bounds.y + bounds.height / 2 : first.position.y + heightOf(catalog, first) / 2;
  const view = { x: margin - bounds.x * zoom, y: room.height / 2 - middle * zoom, zoom };
  const node = document.nodes[seen ?? ''];
  if (!node) return view;
  const height = heightOf(catalog, node);
  const isIn = (from: number, length: number, size: number) => from >= margin && from + length * zoom <= size - margin;
  const { x, y } = node.position;
  return {
    x: isIn(x * zoom + view.x, NODE_WIDTH, room.width) ? view.x : room.width / 2 - (x + NODE_WIDTH / 2) * zoom,
    y: isIn(y * zoom + view.y, height, room.height) ? view.y : room.height / 2 - (y + height / 2) * zoom,
    zoom,
  };
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
