import type { GraphNode } from '@sluice/shared/graph';
import type { NodeCatalog } from './catalog.ts';
import type { FlowDocument } from './flow-document.ts';
import { layered } from './layered.ts';
import { outlineOf } from './outline.ts';
import { GRID, heightOf, NODE_WIDTH, type Point, ROW_GAP } from './placement.ts';

/** Nodes that hang together, and how they will stand to each other. */
interface Part {
  readonly ids: readonly string[];
  readonly shape: ReadonlyMap<string, Point>;
  /** Where the shape begins so that as many of its nodes as can be stay where they are. */
  readonly origin: Point;
  readonly isTidy: boolean;
}

/** The order in which beginnings are read follows from where they stand; it comes to rest within a few rounds. */
const MOST_ROUNDS = 6;

/**
 * Places for the chosen nodes. What is tidy already stays put, and of a part that is not, as much as can be: each part of
 * the flow that hangs together is laid out by itself and put where most of its nodes stand. Parts that would come to lie
 * over others give way downwards. Laying out a second time changes nothing.
 */
export function layOut(document: FlowDocument, catalog: NodeCatalog, chosen: readonly string[]): Record<string, Point> {
  let places: Record<string, Point> = {};
  let current = document;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    places = layOutOnce(current, catalog, chosen);
    const moved = Object.entries(places).filter(([id, to]) => !isAt(current.nodes[id], to));
    if (moved.length === 0) break;
    const nodes = moved.flatMap(([id, position]) => {
      const node = current.nodes[id];
      return node ? [[id, { ...node, position }] as const] : [];
    });
    current = { ...current, nodes: { ...current.nodes, ...Object.fromEntries(nodes) } };
  }
  return places;
}

function isAt(node: GraphNode | undefined, { x, y }: Point): boolean {
  return node?.position.x === x && node.position.y === y;
}

function layOutOnce(document: FlowDocument, catalog: NodeCatalog, chosen: readonly string[]): Record<string, Point> {
  const parts = partsOf(document, catalog, new Set(chosen)).map((ids): Part => {
    const shape = layered(document, catalog, ids);
    const { origin, count } = commonest(ids.map((id) => offsetOf(document, shape, id)));
    return { ids, shape, origin, isTidy: count === ids.length };
  });
  const placed: Box[] = [];
  const places: Record<string, Point> = {};
  for (const part of parts.toSorted((a, b) => Number(b.isTidy) - Number(a.isTidy) || a.origin.y - b.origin.y)) {
    const origin = freeOrigin(boxOf(document, catalog, part), part.origin, placed);
    placed.push(shifted(boxOf(document, catalog, part), origin));
    for (const [id, { x, y }] of part.shape) places[id] = { x: origin.x + x, y: origin.y + y };
  }
  return places;
}

/** The chosen nodes by what hangs together, each in the order in which the flow is read. */
function partsOf(document: FlowDocument, catalog: NodeCatalog, chosen: ReadonlySet<string>): string[][] {
  const leader = new Map([...chosen].map((id) => [id, id]));
  const find = (id: string): string => {
    let top = id;
    while (leader.get(top) !== top) top = leader.get(top) ?? top;
    leader.set(id, top);
    return top;
  };
  for (const { from, to } of Object.values(document.edges))
    if (chosen.has(from) && chosen.has(to)) leader.set(find(from), find(to));
  const read = outlineOf(document, catalog).flatMap((line) => (line.kind === 'node' ? [line.node] : []));
  return [
    ...Map.groupBy(
      read.filter((id) => chosen.has(id)),
      find,
    ).values(),
  ];
}

function offsetOf(document: FlowDocument, shape: ReadonlyMap<string, Point>, id: string): Point {
  const { x, y } = document.nodes[id]?.position ?? { x: 0, y: 0 };
  const at = shape.get(id) ?? { x: 0, y: 0 };
  return { x: x - at.x, y: y - at.y };
}

/** The offset that most nodes agree on; of equals the one that is met first. */
function commonest(offsets: readonly Point[]): { origin: Point; count: number } {
  const groups = [...Map.groupBy(offsets, ({ x, y }) => `${x}/${y}`).values()];
  const best = groups.reduce((most, group) => (group.length > most.length ? group : most), groups[0] ?? []);
  return { origin: best[0] ?? { x: 0, y: 0 }, count: best.length };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf(document: FlowDocument, catalog: NodeCatalog, { shape }: Part): Box {
  const boxes = [...shape].flatMap(([id, { x, y }]) => {
    const node = document.nodes[id];
    return node ? [{ left: x, top: y, right: x + NODE_WIDTH, bottom: y + heightOf(catalog, node) }] : [];
  });
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

function shifted(box: Box, { x, y }: Point): Box {
  return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

/** The wished origin or, where something lies there, the next one below that is free. */
function freeOrigin(box: Box, wish: Point, placed: readonly Box[]): Point {
  let origin = wish;
  for (let blocker = blockerAt(origin); blocker; blocker = blockerAt(origin))
    origin = { x: origin.x, y: Math.ceil((blocker.bottom + ROW_GAP - box.top) / GRID) * GRID };
  return origin;

  function blockerAt(at: Point): Box | undefined {
    const wanted = shifted(box, at);
    return placed.find(
      (other) =>
        wanted.left < other.right &&
        other.left < wanted.right &&
        wanted.top < other.bottom &&
        other.top < wanted.bottom,
    );
  }
}
