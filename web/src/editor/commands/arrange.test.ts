import { expect, test } from 'vitest';
import { documentIn, editorOf, nodeOf, pick, testCatalog } from '../editor.fixture.ts';
import { heightOf } from '../placement.ts';

const graph = {
  schema: 1 as const,
  nodes: [nodeOf('start', 'start', 0, 0), nodeOf('fork', 'fork', 300, 100), nodeOf('act', 'act', 1000, 400)],
  edges: [],
};
const places = (editor: ReturnType<typeof editorOf>) =>
  ['start', 'fork', 'act'].map((id) => documentIn(editor).nodes[id]?.position);

test('aligning puts the selected nodes on one line, at the one that stands outermost', () => {
  const editor = editorOf(graph);
  pick(editor, 'start', 'fork', 'act');
  editor.run('align-left');
  expect(places(editor).map((place) => place?.x)).toEqual([0, 0, 0]);
  editor.run('undo');
  editor.run('align-right');
  expect(places(editor).map((place) => place?.x)).toEqual([1000, 1000, 1000]);
  editor.run('align-top');
  expect(places(editor).map((place) => place?.y)).toEqual([0, 0, 0]);
});

test('aligning below takes the height of each card into account', () => {
  const editor = editorOf(graph);
  pick(editor, 'fork', 'act');
  editor.run('align-bottom');
  const { fork, act } = documentIn(editor).nodes;
  if (!fork || !act) throw new Error('both are still there');
  const bottomOf = (node: typeof fork) => node.position.y + heightOf(testCatalog, node);
  expect(Math.abs(bottomOf(fork) - bottomOf(act))).toBeLessThanOrEqual(10);
});

test('distributing leaves the outermost where they are and the same room between all', () => {
  const editor = editorOf(graph);
  pick(editor, 'start', 'fork', 'act');
  editor.run('distribute-across');
  expect(places(editor).map((place) => place?.x)).toEqual([0, 500, 1000]);
});

test('arranging is one entry with a name, and is offered only when there is something to arrange', () => {
  const editor = editorOf(graph);
  pick(editor, 'start', 'fork');
  expect(editor.isEnabled('align-top')).toBe(true);
  expect(editor.isEnabled('distribute-down')).toBe(false);
  editor.run('align-top');
  expect(editor.store.getState().history.past.map(({ name }) => name)).toEqual([
    { key: 'arrange', values: { nodes: 2 } },
  ]);
  pick(editor, 'start');
  expect(editor.isEnabled('align-top')).toBe(false);
});

test('[EDIT-1] a selected frame is brought into line as one, with all that lies in it', () => {
  const editor = editorOf(graph);
  pick(editor, 'fork', 'act');
  editor.run('frame-nodes');
  const [frame] = Object.values(documentIn(editor).notes);
  if (!frame) throw new Error('a frame');
  editor.run('select-note', { note: frame.id });
  expect(editor.isEnabled('align-top')).toBe(false);
  editor.run('select', { selection: { nodes: ['start', 'fork', 'act'], edges: [], notes: [frame.id] } });
  const before = documentIn(editor);
  editor.run('align-top');
  expect(documentIn(editor).notes[frame.id]).toEqual({ ...frame, position: { x: 260, y: 0 } });
  expect(places(editor)).toEqual([
    { x: 0, y: 0 },
    { x: 300, y: 100 - frame.position.y },
    { x: 1000, y: 400 - frame.position.y },
  ]);
  editor.run('align-left');
  const left = documentIn(editor).notes[frame.id]?.position.x ?? 0;
  expect(left).toBe(0);
  expect(places(editor).map((place) => place?.x)).toEqual([0, 300 - frame.position.x, 1000 - frame.position.x]);
  expect(editor.store.getState().history.past.at(-1)?.name).toEqual({
    key: 'arrange',
    values: { nodes: 3, frames: 1 },
  });
  editor.run('undo');
  editor.run('undo');
  expect(documentIn(editor)).toEqual(before);
});

test('[EDIT-1] a frame whose nodes are brought into line stays around them', () => {
  const editor = editorOf(graph);
  pick(editor, 'fork', 'act');
  editor.run('frame-nodes');
  const [frame] = Object.values(documentIn(editor).notes);
  if (!frame) throw new Error('a frame');
  pick(editor, 'start', 'fork', 'act');
  editor.run('align-top');
  const after = documentIn(editor).notes[frame.id];
  expect(after?.position.y).toBe(frame.position.y - 100);
  expect(after?.size.width).toBe(frame.size.width);
  expect(after?.size.height).toBeLessThan(frame.size.height);
  editor.run('undo');
  expect(documentIn(editor).notes[frame.id]).toEqual(frame);
});

test('a note is brought into line with nodes', () => {
  const editor = editorOf(graph);
  editor.run('add-note', { at: { x: 500, y: -200 } });
  const [note = ''] = Object.keys(documentIn(editor).notes);
  editor.run('select', { selection: { nodes: ['fork'], edges: [], notes: [note] } });
  editor.run('align-left');
  expect(documentIn(editor).notes[note]?.position).toEqual({ x: 300, y: -200 });
});

test('the selection grows to all that lies behind or before it', () => {
  const linked = {
    ...graph,
    edges: [
      { id: 'e1', from: 'start', port: 'out', to: 'fork' },
      { id: 'e2', from: 'fork', port: 'a', to: 'act' },
    ],
  };
  const editor = editorOf(linked);
  pick(editor, 'fork');
  editor.run('select-onward');
  expect(editor.store.getState().session.selection.nodes).toEqual(['fork', 'act']);
  pick(editor, 'fork');
  editor.run('select-back');
  expect(editor.store.getState().session.selection.nodes).toEqual(['fork', 'start']);
});
