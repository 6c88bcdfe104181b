import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';

export const MIN_ZOOM = 0.1;
export const FIT = { padding: 0.12, maxZoom: 1 };

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
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ position }) => position.x + NODE_WIDTH));
  const bottom = Math.max(...nodes.map((node) => node.position.y + heightOf(catalog, node)));
  const bounds = { x: left, y: top, width: right - left, height: bottom - top };
  return getViewportForBounds(bounds, width, height, MIN_ZOOM, FIT.maxZoom, FIT.padding);
}
