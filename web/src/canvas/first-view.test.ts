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

test('a row that could be read only as dots begins with its trigger, large enough for names, and fits when asked', () => {
  const row = Array.from({ length: 9 }, (_, index) =>
    nodeOf(`n${index}`, index === 0 ? 'start' : 'wait', index * 300, 80),
  );
  const document = documentOf('Any', { schema: 1, nodes: row, edges: [] });
  const { x, y, zoom } = firstView(document, testCatalog, ROOM);
  expect(zoom).toBe(0.5);
  expect(x).toBeGreaterThan(0);
  expect(80 * zoom + y).toBeGreaterThan(0);
  expect((80 + 60) * zoom + y).toBeLessThan(ROOM.height);
  expect(wholeView(document, testCatalog, ROOM).zoom).toBeLessThan(0.5);
});

test('a row that does not fit begins where the node is that is looked for', () => {
  const row = Array.from({ length: 30 }, (_, index) => nodeOf(`n${index}`, 'wait', index * 300, 80));
  const document = documentOf('Any', { schema: 1, nodes: row, edges: [] });
  const { x, zoom } = firstView(document, testCatalog, ROOM, 'n20');
  expect(20 * 300 * zoom + x).toBeGreaterThan(0);
  expect((20 * 300 + 220) * zoom + x).toBeLessThan(ROOM.width);
  expect(firstView(document, testCatalog, ROOM, 'n1')).toEqual(firstView(document, testCatalog, ROOM));
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
