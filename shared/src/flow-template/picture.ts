import type { Graph, GraphNode } from '../graph/graph.ts';
import type { NodeCategory } from '../node-contract/manifest.ts';

/** By the custom properties of the page, so that a picture is right in the dark; the fallbacks are for a file on its own. */
export const CATEGORY_COLOURS: Readonly<Record<NodeCategory | 'unknown', string>> = {
  trigger: 'var(--category-trigger, #2f8a4c)',
  condition: 'var(--category-condition, #b7791f)',
  control: 'var(--category-control, #7456c4)',
  action: 'var(--category-action, #2f6fd0)',
  unknown: 'var(--color-text-secondary, #6b7a78)',
};

export const PICTURE_COLOURS = {
  paper: 'var(--color-surface, #ffffff)',
  ink: 'var(--color-text, #1c2b2a)',
  /** Darker than the borders of the page: a picture is mostly seen small. */
  line: 'var(--color-text-secondary, #6b7a78)',
} as const;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What operators wrote, as text of an SVG. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}

export interface Point {
  x: number;
  y: number;
}

interface Drawing {
  /** Of each node, by its id. */
  places: ReadonlyMap<string, Point>;
  width: number;
  height: number;
  strokeWidth: number;
  /** The data of a path between two places. */
  wayOf(from: Point, to: Point): string;
  drawNode(node: GraphNode, at: Point): string;
}

/** A flow as SVG text, its nodes over its edges. Within a page it says nothing by itself: whoever shows it names it. */
export function drawGraph(graph: Graph, { places, width, height, strokeWidth, wayOf, drawNode }: Drawing): string {
  const edges = graph.edges.flatMap(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start && end
      ? [`<path d="${wayOf(start, end)}" fill="none" stroke="${PICTURE_COLOURS.line}" stroke-width="${strokeWidth}"/>`]
      : [];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">`,
    ...edges,
    ...graph.nodes.map((node) => drawNode(node, places.get(node.id) ?? { x: 0, y: 0 })),
    '</svg>',
  ].join('\n');
}
