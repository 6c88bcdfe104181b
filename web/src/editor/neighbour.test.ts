import { expect, test } from 'vitest';
import { documentIn, editorOf, FORKED, nodeOf, pick, sessionIn, testCatalog } from './editor.fixture.ts';
import { documentOf } from './flow-document.ts';
import { type Direction, neighbourOf } from './neighbour.ts';

const document = documentOf('Test flow', FORKED);

test.each<[string | undefined, Direction, string | undefined]>([
  [undefined, 'forward', 'start'],
  ['start', 'forward', 'fork'],
  ['fork', 'forward', 'act'],
  ['act', 'down', 'pause'],
  ['pause', 'up', 'act'],
  ['pause', 'forward', 'end'],
  ['end', 'back', 'act'],
  ['end', 'forward', undefined],
])('[EDIT-4] from %s, %s leads to %s', (from, direction, to) => {
  expect(neighbourOf(document, testCatalog, from, direction)).toBe(to);
});

test('[EDIT-4] arrows reach a node that no edge leads to', () => {
  const graph = { ...FORKED, nodes: [...FORKED.nodes, nodeOf('alone', 'act', 640, 400)] };
  const editor = editorOf(graph);
  pick(editor, 'pause');
  editor.run('walk-down');
  expect(sessionIn(editor).selection.nodes).toEqual(['alone']);
  expect(documentIn(editor).nodes['alone']).toBeDefined();
});
