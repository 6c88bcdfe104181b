import { describe, expect, it } from 'vitest';
import { fakeGraph, fakeNode } from '../graph/graph.fake.ts';
import type { Graph } from '../graph/graph.ts';
import { drawPicture } from './draw-picture.ts';
import { drawThumbnail } from './draw-thumbnail.ts';

const COLUMN = 300;
const ROW = 160;
/** Nodes by column and row. */
function placed(at: Record<string, [number, number]>, edges: string[]): Graph {
  const graph = fakeGraph(
    Object.keys(at).map((id) => fakeNode(id, 'any', {})),
    edges,
  );
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const [column, row] = at[node.id] ?? [0, 0];
      return { ...node, position: { x: column * COLUMN, y: row * ROW } };
    }),
  };
}
const rowsOf = (svg: string) => [...svg.matchAll(/<path d="[^"]*C[^"]* (\S+)H[^"]*C/g)].map(([, y]) => Number(y));
const cardsOf = (svg: string) =>
  [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="136"/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
const draw = (graph: Graph) => drawPicture(graph, new Map(), 'en-US');
const thumb = (graph: Graph) => drawThumbnail(graph, new Map(), 'en-US');
const signsOf = (svg: string) =>
  [...svg.matchAll(/<g><title>[^<]*<\/title>\n?<rect x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));

describe('the picture of a flow', () => {
  it.each<[string, Record<string, [number, number]>]>([
    ['in the row of the node it leads to', { a: [0, 1], b: [1, 1], c: [2, 0] }],
    ['in the row of the node it comes from', { a: [0, 0], b: [1, 1], c: [2, 1] }],
    ['above them where all three stand in a row', { a: [0, 0], b: [1, 0], c: [2, 0] }],
  ])('leads an edge past the cards between its ends: %s', (_where, at) => {
    const graph = placed(at, ['a.next>c']);
    const drawings: [string, { y: number } | undefined, number][] = [
      [draw(graph), cardsOf(draw(graph))[1], 27],
      [thumb(graph), signsOf(thumb(graph))[1], 15],
    ];
    for (const [svg, passed, half] of drawings) {
      const [row = Number.NaN] = rowsOf(svg);
      expect(passed).toBeDefined();
      expect(Math.abs(row - ((passed?.y ?? 0) + half))).toBeGreaterThan(half);
      expect(row).toBeGreaterThan(0);
    }
  });

  it('leads an edge to the next column by one curve', () => {
    expect(rowsOf(draw(placed({ a: [0, 0], b: [1, 1] }, ['a.next>b'])))).toEqual([]);
  });
});
