import { describeNode } from '../graph/describe-problem.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import type { Locale } from '../model/locale.ts';
import type { ManifestIndex, NodeCategory } from '../node-contract/manifest.ts';
import { CATEGORY_COLOURS, drawGraph, escapeText, PICTURE_COLOURS, type Point, wayPast } from './picture.ts';

/** Between the middles of two cards; what stands closer together on the canvas than a step stands in one line. */
const CELL = { width: 64, height: 46 };
const STEP = { x: 150, y: 60 };
const MARGIN = 8;
const HALF = { width: 20, height: 15 };
/** Less than the margin and half the gap between signs. */
const CLEARANCE = { half: HALF, above: 5, turn: 12 };

type Category = NodeCategory | 'unknown';

/** The categories told apart without colour, as in a flow chart. */
const SHAPES: Readonly<Record<Category, (at: Point) => string>> = {
  trigger: (at) => box(at, HALF.height),
  condition: ({ x, y }) =>
    `<path d="M${x - HALF.width} ${y}L${x} ${y - HALF.height - 2}L${x + HALF.width} ${y}L${x} ${y + HALF.height + 2}Z"`,
  control: ({ x, y }) => `<circle cx="${x}" cy="${y}" r="${HALF.height - 2}"`,
  action: (at) => box(at, 4),
  unknown: (at) => box(at, 4),
};

/**
 * The shape of a flow as SVG text, to be seen as small as a thumbnail: a sign of its category for every node, in columns and
 * rows, without words. Pure. `drawPicture` draws what can be read.
 */
export function drawThumbnail(graph: Graph, manifests: ManifestIndex, locale: Locale): string {
  const places = placesOf(graph);
  const points = [...places.values()];
  const width = Math.max(0, ...points.map(({ x }) => x)) + HALF.width + MARGIN;
  const height = Math.max(0, ...points.map(({ y }) => y)) + HALF.height + MARGIN;
  const wayOf = (from: Point, to: Point) => wayPast(from, to, points, CLEARANCE) ?? curve(from, to);
  const drawNode = (node: GraphNode, at: Point) => signOf(node, at, manifests, locale);
  return drawGraph(graph, { places, width, height, strokeWidth: 2, wayOf, drawNode });
}

/** The middle of each sign: columns and rows follow each other without the gaps of the canvas. */
function placesOf({ nodes }: Graph): ReadonlyMap<string, Point> {
  const columns = ranksOf(nodes.map(({ position }) => Math.round(position.x / STEP.x)));
  const rows = ranksOf(nodes.map(({ position }) => Math.round(position.y / STEP.y)));
  return new Map(
    nodes.map(({ id, position }) => [
      id,
      {
        x: MARGIN + HALF.width + (columns.get(Math.round(position.x / STEP.x)) ?? 0) * CELL.width,
        y: MARGIN + HALF.height + (rows.get(Math.round(position.y / STEP.y)) ?? 0) * CELL.height,
      },
    ]),
  );
}

function ranksOf(values: readonly number[]): ReadonlyMap<number, number> {
  const sorted = [...new Set(values)].toSorted((a, b) => a - b);
  return new Map(sorted.map((value, rank) => [value, rank]));
}

function curve(from: Point, to: Point): string {
  const bend = Math.max(16, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

function box({ x, y }: Point, radius: number): string {
  return `<rect x="${x - HALF.width}" y="${y - HALF.height}" width="${2 * HALF.width}" height="${2 * HALF.height}" rx="${radius}"`;
}

function signOf(node: GraphNode, at: Point, manifests: ManifestIndex, locale: Locale): string {
  const category: Category = manifests.get(node.kind)?.category ?? 'unknown';
  const colour = CATEGORY_COLOURS[category];
  const shape = SHAPES[category](at);
  return [
    `<g${node.isDisabled ? ' opacity="0.45"' : ''}><title>${escapeText(describeNode(node, manifests, locale))}</title>`,
    // Paper below the tint: no way shows through.
    `${shape} fill="${PICTURE_COLOURS.paper}"/>`,
    `${shape} fill="${colour}" fill-opacity="0.22" stroke="${colour}" stroke-width="2.5"/>`,
    '</g>',
  ].join('');
}
