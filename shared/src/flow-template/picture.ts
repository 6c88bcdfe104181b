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

/** What an edge keeps clear of, and the room it has for it; in the units of the drawing. */
interface Clearance {
  /** Half of what a node takes. */
  half: { width: number; height: number };
  /** How far above the nodes that it passes an edge lies at least. */
  above: number;
  /** How much of the gap between two nodes it takes to get into its row. */
  turn: number;
}

/**
 * The data of a path from node to node (by their middles) past those that stand between them: it keeps to a row in which none
 * of them stands, so that it does not come out of one that it has nothing to do with. Undefined where none stands between.
 */
export function wayPast(
  from: Point,
  to: Point,
  middles: readonly Point[],
  { half, above, turn }: Clearance,
): string | undefined {
  const [startX, endX] = [from.x + half.width, to.x - half.width];
  const passed = middles.filter(({ x }) => x - half.width >= startX && x + half.width <= endX);
  if (passed.length === 0) return undefined;
  const isFree = (row: number) => passed.every(({ y }) => Math.abs(y - row) > half.height);
  const row = [to.y, from.y].find(isFree) ?? Math.min(...passed.map(({ y }) => y)) - half.height - above;
  const step = (x: number, y: number, nextX: number, nextY: number) =>
    `C${(x + nextX) / 2} ${y} ${(x + nextX) / 2} ${nextY} ${nextX} ${nextY}`;
  const [outX, inX] = [startX + turn, endX - turn];
  return `M${from.x} ${from.y}H${startX}${step(startX, from.y, outX, row)}H${inX}${step(inX, row, endX, to.y)}H${to.x}`;
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
