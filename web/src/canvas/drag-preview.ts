import type { GraphEdge, GraphNode } from '@sluice/shared/graph';
import type { NodeCatalog } from '../editor/catalog.ts';
import { edgesFrom, edgesTo } from '../editor/edge-index.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import type { Point } from '../editor/placement.ts';
import { wayOf } from './edge-path.ts';

export interface DragPreview {
  /** Shows the nodes that far from where they stand in the document. */
  moveBy(offset: Point): void;
  /** Gives the page back as React drew it. */
  release(): void;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Nodes on their way, drawn straight onto the page: a step of a drag costs what is dragged and the edges at it, however
 * large the flow. The document hears of it once, when the nodes are let go. The edges at them are hidden and drawn anew
 * in a layer of their own, since a change among hundreds of lines has the browser lay out all of them.
 */
export function previewDrag(
  surface: HTMLElement,
  document: FlowDocument,
  catalog: NodeCatalog,
  ids: readonly string[],
): DragPreview {
  const moved = new Set(ids);
  const cards = ids.flatMap((id) => surface.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`) ?? []);
  for (const { style } of cards) style.willChange = 'transform';
  const touched = new Map<string, GraphEdge>();
  for (const id of ids)
    for (const edge of [...edgesFrom(document, id), ...edgesTo(document, id)]) touched.set(edge.id, edge);
  const layer = lineLayer(surface);
  const lines = [...touched.values()].map((edge) => ({ edge, path: layer.appendChild(lineLike(surface, edge)) }));
  const showAll = hideLines(surface, document, catalog, touched);
  const cover = surface.appendChild(window.document.createElement('div'));
  cover.dataset['dragCover'] = '';

  const show = (offset: Point) => {
    const placeOf = ({ id, position: { x, y } }: GraphNode) =>
      moved.has(id) ? { x: x + offset.x, y: y + offset.y } : { x, y };
    for (const card of cards) card.style.transform = `translate(${offset.x}px,${offset.y}px)`;
    for (const { edge, path } of lines) path.setAttribute('d', wayOf(catalog, document, edge, placeOf)?.path ?? '');
  };
  show({ x: 0, y: 0 });

  return {
    moveBy: show,
    release() {
      for (const { style } of cards) Object.assign(style, { willChange: '', transform: 'none' });
      layer.remove();
      cover.remove();
      showAll();
    },
  };
}

function lineLayer(surface: HTMLElement): SVGElement {
  const layer = window.document.createElementNS(SVG, 'svg');
  layer.dataset['dragLines'] = '';
  surface.querySelector('.react-flow__viewport')?.append(layer);
  return layer;
}

/** A line that looks like the edge does: with its arrowhead where the edge has one. */
function lineLike(surface: HTMLElement, edge: GraphEdge): SVGPathElement {
  const path = window.document.createElementNS(SVG, 'path');
  const marker = edgeElement(surface, edge.id)?.querySelector('path[marker-end]')?.getAttribute('marker-end');
  if (marker) path.setAttribute('marker-end', marker);
  return path;
}

function edgeElement(surface: HTMLElement, id: string): SVGElement | null {
  return surface.querySelector<SVGElement>(`.react-flow__edge[data-id="${id}"]`);
}

/** Hides edges, each drawn by itself or all as one line, and their labels; answers with the way to show them again. */
function hideLines(
  surface: HTMLElement,
  document: FlowDocument,
  catalog: NodeCatalog,
  hidden: ReadonlyMap<string, GraphEdge>,
): () => void {
  const elements = [...hidden.keys()].flatMap((id) => [
    edgeElement(surface, id),
    surface.querySelector<HTMLElement>(`[data-edge-label="${id}"]`),
  ]);
  for (const element of elements) if (element) element.style.visibility = 'hidden';
  const all = surface.querySelector('[data-distant-edges]');
  const before = all?.getAttribute('d') ?? '';
  const others = Object.values(document.edges).filter(({ id }) => !hidden.has(id));
  all?.setAttribute('d', others.map((edge) => wayOf(catalog, document, edge)?.path ?? '').join(''));
  return () => {
    for (const element of elements) if (element) element.style.visibility = '';
    all?.setAttribute('d', before);
  };
}

/** Centred on a point of the drawing. */
export function labelTransform({ x, y }: Point): string {
  return `translate(-50%, -50%) translate(${x}px, ${y}px)`;
}
