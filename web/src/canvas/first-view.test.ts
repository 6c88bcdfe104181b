import type { GraphNode, GraphNote } from '@sluice/shared/graph';
import type { Viewport } from '@xyflow/react';
import { expect, test } from 'vitest';
import { FORKED, nodeOf, testCatalog } from '../editor/editor.fixture.ts';
import { documentOf } from '../editor/flow-document.ts';
import { firstView, MIN_ZOOM, wholeView } from './first-view.ts';

const ROOM = { width: 1000, height: 600 };

test('the first view holds every node of the flow', () => {
  const document = documentOf('Any', FORKED);
  const { x, y, zoom } = firstView(document, testCatalog, ROOM);
  for (const { position } of Object.values(document.nodes)) {
    expect(position.x * zoom + x).toBeGreaterThan(0);
    expect((position.x + 220) * zoom + x).toBeLessThan(ROOM.width);
    expect(position.y * zoom + y).toBeGreaterThan(0);
    expect(position.y * zoom + y).toBeLessThan(ROOM.height);
  }
});

test('a flow too large for the smallest zoom is shown at the smallest zoom', () => {
  const graph = { ...FORKED, nodes: [...FORKED.nodes, nodeOf('far', 'end', 900_000, 0)] };
  expect(wholeView(documentOf('Any', graph), testCatalog, ROOM).zoom).toBe(MIN_ZOOM);
});

const rowOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => nodeOf(`n${index}`, index === from ? 'start' : 'wait', index * 300, 80));
const documentWith = (nodes: GraphNode[], notes: GraphNote[] = []) =>
  documentOf('Any', { schema: 1, nodes, edges: [], notes });
const isSeen = ({ x, zoom }: Viewport, at: number) => at * zoom + x >= 0 && (at + 220) * zoom + x <= ROOM.width;

test('a row is shown whole as long as its names can be read, in the narrowest editor too', () => {
  const view = firstView(documentWith(rowOf(8)), testCatalog, { width: 824, height: 670 });
  expect(view.zoom).toBeGreaterThanOrEqual(0.32);
  expect(view.x).toBeGreaterThan(0);
  expect((7 * 300 + 220) * view.zoom + view.x).toBeLessThan(824);
});

test('a row that could be read only as dots begins with its trigger, large enough for names, and fits when asked', () => {
  const document = documentWith(rowOf(12));
  const { x, y, zoom } = firstView(document, testCatalog, ROOM);
  expect(zoom).toBe(0.5);
  expect(x).toBeGreaterThan(0);
  expect(80 * zoom + y).toBeGreaterThan(0);
  expect((80 + 60) * zoom + y).toBeLessThan(ROOM.height);
  expect(wholeView(document, testCatalog, ROOM).zoom).toBeLessThan(0.33);
});

test('neither a note nor a stray node far to the left pushes the trigger out of what is shown first', () => {
  const note: GraphNote = {
    id: 'far',
    text: 'Read me',
    form: 'note',
    position: { x: -9000, y: 0 },
    size: { width: 200, height: 100 },
  };
  expect(isSeen(firstView(documentWith(rowOf(12), [note]), testCatalog, ROOM), 0)).toBe(true);
  expect(isSeen(firstView(documentWith(rowOf(40, 20)), testCatalog, ROOM), 20 * 300)).toBe(true);
});

test('what is looked for is seen: at the beginning, else from afar with all of the flow, else where it is', () => {
  const [beginning, middle] = [documentWith(rowOf(12)), documentWith(rowOf(12))].map((document, index) =>
    firstView(document, testCatalog, ROOM, index === 0 ? 'n1' : 'n9'),
  );
  expect(beginning).toEqual(firstView(documentWith(rowOf(12)), testCatalog, ROOM));
  expect(middle).toEqual(wholeView(documentWith(rowOf(12)), testCatalog, ROOM));
  const view = firstView(documentWith(rowOf(30)), testCatalog, ROOM, 'n20');
  expect(view.zoom).toBe(0.5);
  expect(isSeen(view, 20 * 300)).toBe(true);
});

test('a flow of hundreds of nodes opens as a map', () => {
  const nodes = Array.from({ length: 500 }, (_, index) => nodeOf(`n${index}`, 'wait', index * 300, 0));
  const document = documentOf('Any', { schema: 1, nodes, edges: [] });
  expect(firstView(document, testCatalog, ROOM)).toEqual(wholeView(document, testCatalog, ROOM));
});

test('an empty flow, or a canvas without room, is seen in actual size', () => {
  const empty = documentOf('Any', { schema: 1, nodes: [], edges: [] });
  expect(firstView(empty, testCatalog, ROOM)).toEqual({ x: 0, y: 0, zoom: 1 });
  expect(firstView(documentOf('Any', FORKED), testCatalog, { width: 0, height: 0 })).toEqual({ x: 0, y: 0, zoom: 1 });
});
