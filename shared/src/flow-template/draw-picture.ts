import { describeNode } from '../graph/describe-problem.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import type { Locale } from '../model/locale.ts';
import { describeCondition } from '../condition/describe-condition.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { renderSummary } from '../node-contract/render-summary.ts';
import { CATEGORY_COLOURS, drawGraph, escapeText, PICTURE_COLOURS, type Point } from './picture.ts';

/** Size of a card, and what a card of the canvas and the gap to its neighbours shrink to. */
const CARD = { width: 136, height: 54 };
const SCALE = { x: 0.56, y: 0.56 };
const MARGIN = 12;
/** How far above the cards that it passes an edge lies, and how much of a gap it takes to get there; both less than the margin and the gap. */
const ABOVE = 8;
const TURN = 24;
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
  const drawNode = (node: GraphNode, at: Point) => cardOf(node, at, manifests, locale);
  return drawGraph(graph, {
    places,
    width,
    height,
    strokeWidth: 2.5,
    wayOf: (from, to) => wayOf(from, to, boxes),
    drawNode,
  });
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

/**
 * From the right side of one card to the left side of the next, also where that lies behind it. An edge that passes other cards
 * keeps to a row in which none of them stands, so that it does not come out of one that it has nothing to do with.
 */
function wayOf(from: Point, to: Point, cards: readonly Point[]): string {
  const [startX, startY] = [from.x + CARD.width, from.y + CARD.height / 2];
  const endY = to.y + CARD.height / 2;
  const passed = cards.filter(({ x }) => x >= startX && x + CARD.width <= to.x);
  if (passed.length === 0) {
    const bend = Math.max(20, Math.abs(to.x - startX) / 2);
    return `M${startX} ${startY}C${startX + bend} ${startY} ${to.x - bend} ${endY} ${to.x} ${endY}`;
  }
  const isFree = (row: number) => passed.every(({ y }) => Math.abs(y + CARD.height / 2 - row) > CARD.height / 2);
  const above = Math.min(...passed.map(({ y }) => y)) - ABOVE;
  const row = [endY, startY].find(isFree) ?? above;
  const step = (x: number, y: number, nextX: number, nextY: number) =>
    `C${(x + nextX) / 2} ${y} ${(x + nextX) / 2} ${nextY} ${nextX} ${nextY}`;
  const [outX, inX] = [startX + TURN, to.x - TURN];
  return `M${startX} ${startY}${step(startX, startY, outX, row)}H${inX}${step(inX, row, to.x, endY)}`;
}

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
