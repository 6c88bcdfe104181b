import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';

export const MIN_ZOOM = 0.1;
const FIT = { padding: 0.12, maxZoom: 1 };
/** Where a whole flow would be dots, its beginning is shown large enough to be read. */
const NARROW = { width: 640, readableZoom: 0.6, margin: 16 };

/**
 * The view that shows the whole flow on a canvas of that size. Known before the first drawing, so that a large flow is
 * not drawn once near and at once again from afar.
 */
export function firstView(
  document: FlowDocument,
  catalog: NodeCatalog,
  { width, height }: { width: number; height: number },
): Viewport {
  const nodes = Object.values(document.nodes);
  if (nodes.length === 0 || width === 0 || height === 0) return { x: 0, y: 0, zoom: 1 };
  const boxes = [
    ...nodes.map((node) => ({ ...node.position, width: NODE_WIDTH, height: heightOf(catalog, node) })),
    ...Object.values(document.notes).map(({ position, size }) => ({ ...position, ...size })),
  ];
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  const fitted = getViewportForBounds(bounds, width, height, MIN_ZOOM, FIT.maxZoom, FIT.padding);
  const first = nodes.reduce((a, b) => (b.position.x < a.position.x ? b : a), nodes[0] as (typeof nodes)[number]);
  const { readableZoom: zoom, margin } = NARROW;
  if (width >= NARROW.width || fitted.zoom >= zoom) return fitted;
  return { x: margin - first.position.x * zoom, y: height / 2 - first.position.y * zoom, zoom };
}
