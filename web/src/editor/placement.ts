import type { GraphNode, GraphNote } from '@sluice/shared/graph';
import { type NodeCatalog, portsOf } from './catalog.ts';
import { edgesFrom } from './edge-index.ts';
import type { FlowDocument } from './flow-document.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Everything on the canvas stands on this grid, in pixels at zoom 1. */
export const GRID = 20;
export const NODE_WIDTH = 220;
const HEAD_HEIGHT = 60;
const PORT_HEIGHT = 20;
const FOOT_HEIGHT = 10;
/** Room between two columns of nodes, wide enough for an edge's label. */
export const COLUMN_GAP = 80;
export const ROW_GAP = 40;

/** Height of a card is known without drawing it: a node with one way out has no port rows. */
export function heightOf(catalog: NodeCatalog, node: GraphNode): number {
  const ports = portsOf(catalog, node);
  return hasPortRows(ports) ? HEAD_HEIGHT + ports.length * PORT_HEIGHT + FOOT_HEIGHT : HEAD_HEIGHT;
}

export function hasPortRows(ports: readonly unknown[]): boolean {
  return ports.length > 1;
}

/** How far below a card's upper edge a port lies. */
export function portOffset(ports: readonly unknown[], index: number): number {
  return hasPortRows(ports) ? HEAD_HEIGHT + index * PORT_HEIGHT + PORT_HEIGHT / 2 : HEAD_HEIGHT / 2;
}

export function snap(point: Point): Point {
  return { x: Math.round(point.x / GRID) * GRID, y: Math.round(point.y / GRID) * GRID };
}

/** The wished place or, when a node lies there, the next free one below. */
export function freePlace(document: FlowDocument, catalog: NodeCatalog, wish: Point, height: number): Point {
  const others = Object.values(document.nodes);
  let place = snap(wish);
  for (let blocker = blockerAt(place); blocker; blocker = blockerAt(place))
    place = snap({ x: place.x, y: blocker.position.y + heightOf(catalog, blocker) + ROW_GAP });
  return place;

  function blockerAt(at: Point): GraphNode | undefined {
    return others.find(
      (node) =>
        Math.abs(node.position.x - at.x) < NODE_WIDTH + GRID &&
        at.y < node.position.y + heightOf(catalog, node) + GRID &&
        node.position.y < at.y + height + GRID,
    );
  }
}

/** Where the successor at a port belongs: one column to the right, level with the port. */
export function placeAfter(catalog: NodeCatalog, source: GraphNode, port: string): Point {
  const ports = portsOf(catalog, source);
  const index = Math.max(
    0,
    ports.findIndex((candidate) => candidate.id === port),
  );
  const spread = (index - (ports.length - 1) / 2) * (HEAD_HEIGHT + ROW_GAP);
  return snap({ x: source.position.x + NODE_WIDTH + COLUMN_GAP, y: source.position.y + spread });
}

/** The nodes that lie wholly in the frame; none in a note. */
export function nodesInside(document: FlowDocument, catalog: NodeCatalog, note: GraphNote): GraphNode[] {
  if (note.form !== 'frame') return [];
  return Object.values(document.nodes).filter((node) =>
    holds(note, node.position, { width: NODE_WIDTH, height: heightOf(catalog, node) }),
  );
}

/** The other notes and frames that lie wholly in the frame; none in a note. */
export function notesInside(document: FlowDocument, note: GraphNote): GraphNote[] {
  if (note.form !== 'frame') return [];
  return Object.values(document.notes).filter(
    (other) => other.id !== note.id && holds(note, other.position, other.size),
  );
}

/** Notes that a box between two of its corners touches, and frames that lie wholly in it. */
export function notesIn(document: FlowDocument, one: Point, other: Point): GraphNote[] {
  const position = { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y) };
  const size = { width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
  return Object.values(document.notes).filter((note) =>
    note.form === 'frame'
      ? holds({ position, size }, note.position, note.size)
      : note.position.x < position.x + size.width &&
        note.position.y < position.y + size.height &&
        note.position.x + note.size.width > position.x &&
        note.position.y + note.size.height > position.y,
  );
}

function holds(
  { position: at, size }: Pick<GraphNote, 'position' | 'size'>,
  { x, y }: Point,
  { width, height }: GraphNote['size'],
): boolean {
  return x >= at.x && y >= at.y && x + width <= at.x + size.width && y + height <= at.y + size.height;
}

/** Every node that can be reached from `start`, itself included. */
export function reachableFrom(document: FlowDocument, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...edgesFrom(document, id).map((edge) => edge.to));
  }
  return seen;
}
