import { describeNode } from '../graph/describe-problem.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import type { Locale } from '../model/locale.ts';
import { describeCondition } from '../condition/describe-condition.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { renderSummary } from '../node-contract/render-summary.ts';
import { CATEGORY_COLOURS, drawGraph, escapeText, PICTURE_COLOURS, type Point, wayPast } from './picture.ts';

/** Size of a card, and what a card of the canvas and the gap to its neighbours shrink to. */
const CARD = { width: 136, height: 54 };
const SCALE = { x: 0.56, y: 0.56 };
const MARGIN = 12;
const HALF = { width: CARD.width / 2, height: CARD.height / 2 };
/** Less than the margin and half the gap between cards. */
const CLEARANCE = { half: HALF, above: 8, turn: 24 };
const FONT_SIZE = 15;
const SMALL_SIZE = 11;
const TEXT_WIDTH = CARD.width - 26;

/**
 * A picture of a flow as SVG text: every node by name and category where it stands on the canvas, every edge, and nothing
 * else. Pure; all that operators wrote is escaped. Whoever shows it names it: within a page the drawing itself says nothing.
 */
export function drawPicture(graph: Graph, manifests: ManifestIndex, locale: Locale): string {
  const places = placesOf(graph);
  const boxes = [...places.values()];
  const width = Math.max(CARD.width, ...boxes.map(({ x }) => x + CARD.width)) + MARGIN;
  const height = Math.max(CARD.height, ...boxes.map(({ y }) => y + CARD.height)) + MARGIN;
  const middles = boxes.map(middleOf);
  const wayOf = (from: Point, to: Point) =>
    wayPast(middleOf(from), middleOf(to), middles, CLEARANCE) ?? curve(middleOf(from), middleOf(to));
  const drawNode = (node: GraphNode, at: Point) => cardOf(node, at, manifests, locale);
  return drawGraph(graph, { places, width, height, strokeWidth: 2.5, wayOf, drawNode });
}

/** Where each card lies, from the top left. */
function placesOf({ nodes }: Graph): ReadonlyMap<string, Point> {
  const left = Math.min(0, ...nodes.map(({ position }) => position.x));
  const top = Math.min(0, ...nodes.map(({ position }) => position.y));
  return new Map(
    nodes.map(({ id, position }) => [
      id,
      {
        x: Math.round((position.x - left) * SCALE.x) + MARGIN,
        y: Math.round((position.y - top) * SCALE.y) + MARGIN,
      },
    ]),
  );
}

/** From the right side of one card to the left side of the next, also where that lies behind it. */
function curve(from: Point, to: Point): string {
  const [startX, endX] = [from.x + HALF.width, to.x - HALF.width];
  const bend = Math.max(20, Math.abs(endX - startX) / 2);
  return `M${startX} ${from.y}C${startX + bend} ${from.y} ${endX - bend} ${to.y} ${endX} ${to.y}`;
}

const middleOf = ({ x, y }: Point): Point => ({ x: x + HALF.width, y: y + HALF.height });

function cardOf(node: GraphNode, { x, y }: Point, manifests: ManifestIndex, locale: Locale): string {
  const colour = CATEGORY_COLOURS[manifests.get(node.kind)?.category ?? 'unknown'];
  const { width, height } = CARD;
  const name = describeNode(node, manifests, locale);
  const about = summaryOf(node, manifests, locale);
  return [
    `<g${node.isDisabled ? ' opacity="0.45"' : ''}><title>${escapeText(name)}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${PICTURE_COLOURS.paper}" stroke="${colour}" stroke-width="1.5"/>`,
    `<rect x="${x}" y="${y}" width="8" height="${height}" rx="4" fill="${colour}"/>`,
    line(x + 16, y + (about === '' ? height / 2 : 19), FONT_SIZE, PICTURE_COLOURS.ink, name),
    about === '' ? '' : line(x + 16, y + 39, SMALL_SIZE, PICTURE_COLOURS.line, about),
    '</g>',
  ].join('');
}

function line(x: number, y: number, size: number, colour: string, text: string): string {
  const font = `dominant-baseline="central" font-family="system-ui, sans-serif" font-size="${size}"`;
  return `<text x="${x}" y="${y}" ${font} fill="${colour}">${escapeText(fit(text, size))}</text>`;
}

/** What the node does, in the words of its card; nothing where its params are half done. */
function summaryOf(node: GraphNode, manifests: ManifestIndex, locale: Locale): string {
  const manifest = manifests.get(node.kind);
  if (!manifest) return '';
  try {
    const words = { locale, timeZone: 'UTC', describeCondition, audienceName: (id: string) => id };
    return renderSummary(manifest, manifest.summary(node.params), words);
  } catch {
    return '';
  }
}

/** As much of a text as fits on a card, by the width of its letters. */
function fit(text: string, size: number): string {
  let room = TEXT_WIDTH;
  let shown = '';
  for (const letter of text) {
    room -= /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/.test(letter) ? size : size * 0.6;
    if (room < 0) return `${shown.slice(0, -1).trimEnd()}…`;
    shown += letter;
  }
  return shown;
}
