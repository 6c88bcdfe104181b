import { hasErrors, checkGraph } from '@sluice/shared/graph';
import { expect, test } from 'vitest';
import { shiftedSelection } from './commands/move.ts';
import { documentIn, editorOf, FORKED, pick, sessionIn, testCatalog } from './editor.fixture.ts';
import { findNodes } from './find-nodes.ts';
import { documentOf, graphOf } from './flow-document.ts';
import { nodesInside } from './placement.ts';

const keysOf = (editor: ReturnType<typeof editorOf>) =>
  editor.store.getState().history.past.map(({ name }) => name.key);

test('[EDIT-3] switching off takes what can be off and leaves the rest, and again switches it on', () => {
  const editor = editorOf(FORKED);
  pick(editor, 'start', 'act', 'fork', 'pause');
  editor.run('toggle-disabled');
  const off = () => Object.values(documentIn(editor).nodes).flatMap(({ id, isDisabled }) => (isDisabled ? [id] : []));
  expect(off()).toEqual(['act', 'pause']);
  const manifests = new Map(testCatalog.kinds.map((manifest) => [manifest.kind, manifest]));
  const problems = checkGraph(graphOf(documentIn(editor)), manifests, { attributes: new Map(), events: new Set() });
  expect(hasErrors(problems)).toBe(false);
  editor.run('toggle-disabled');
  expect(off()).toEqual([]);
  expect(keysOf(editor)).toEqual(['disable-nodes', 'enable-nodes']);
});

test.each([
  ['start', 'disabled-trigger'],
  ['fork', 'disabled-split'],
  ['end', 'disabled-end'],
])('%s is not switched off, and the reason is said', (node, reason) => {
  const editor = editorOf(FORKED);
  pick(editor, node);
  editor.run('toggle-disabled');
  expect(sessionIn(editor).notice?.key).toBe(`refused.${reason}`);
  expect(keysOf(editor)).toEqual([]);
});

test('a frame goes around the selection and takes along what lies in it; undo brings both back', () => {
  const editor = editorOf(FORKED);
  pick(editor, 'act', 'pause');
  editor.run('frame-nodes');
  const [frame] = Object.values(documentIn(editor).notes);
  if (!frame) throw new Error('a frame');
  const before = documentIn(editor);
  editor.run('select-note', { note: frame.id });
  const { nodes, notes } = shiftedSelection(editor.store.getState(), { x: 100, y: 40 });
  editor.run('move', { to: nodes, notes });
  const moved = (id: string) => {
    const [from, to] = [before.nodes[id]?.position, documentIn(editor).nodes[id]?.position];
    return [(to?.x ?? 0) - (from?.x ?? 0), (to?.y ?? 0) - (from?.y ?? 0)];
  };
  expect(['act', 'pause', 'end'].map(moved)).toEqual([
    [100, 40],
    [100, 40],
    [0, 0],
  ]);
  editor.run('undo');
  expect(documentIn(editor)).toEqual(before);
});

test('[EDIT-2] notes and colours are part of what is saved', () => {
  const editor = editorOf(FORKED);
  editor.run('add-note', { at: { x: 0, y: 0 } });
  const [note] = Object.keys(documentIn(editor).notes);
  for (const text of ['W', 'Why', 'Why so']) editor.run('edit-note', { note: note ?? '', text });
  pick(editor, 'act');
  editor.run('colour-nodes', { colour: 'amber' });
  const graph = graphOf(documentIn(editor));
  expect(graph.notes).toMatchObject([{ form: 'note', text: 'Why so' }]);
  expect(documentOf('Test flow', graph)).toEqual(documentIn(editor));
  expect(keysOf(editor)).toEqual(['add-note', 'edit-note', 'colour']);
});

test('[EDIT-1] tidying up takes frames along with what lies in them, and undo brings both back', () => {
  const editor = editorOf(FORKED);
  editor.run('move', { to: { act: { x: 2000, y: 900 }, pause: { x: 2300, y: 1400 } } });
  pick(editor, 'act', 'pause');
  editor.run('frame-nodes');
  const [frame] = Object.values(documentIn(editor).notes);
  if (!frame) throw new Error('a frame');
  editor.run('add-note', { at: frame.position });
  pick(editor);
  const before = documentIn(editor);
  editor.run('tidy-up');
  const tidy = documentIn(editor);
  const now = tidy.notes[frame.id];
  if (!now) throw new Error('a frame');
  expect(now).not.toEqual(frame);
  expect(nodesInside(tidy, testCatalog, now).map(({ id }) => id)).toEqual(['act', 'pause']);
  editor.run('tidy-up');
  expect(documentIn(editor)).toEqual(tidy);
  editor.run('undo');
  expect(documentIn(editor)).toEqual(before);
});

test('nodes are found by what stands on the card and by what is set in them, in reading order', () => {
  const document = documentOf('Test flow', FORKED);
  const wordsOf = (id: string) => [id === 'pause' ? 'Hello again' : id];
  expect(findNodes(document, wordsOf, ' HELLO ')).toEqual(['act', 'pause']);
  expect(findNodes(document, wordsOf, '')).toEqual([]);
});

test('[EDIT-1] a note alone is copied, duplicated, cut and pasted like a node, each as one entry', () => {
  const editor = editorOf(FORKED);
  editor.run('add-note', { at: { x: 0, y: -200 } });
  const [note = ''] = Object.keys(documentIn(editor).notes);
  editor.run('edit-note', { note, text: 'Why we wait' });
  editor.run('end-gesture');
  editor.run('select-note', { note });
  const before = documentIn(editor);
  expect(editor.run('duplicate')).toBe(true);
  const [copy] = sessionIn(editor).selection.notes;
  expect(documentIn(editor).notes[copy ?? '']).toMatchObject({ text: 'Why we wait', position: { x: 40, y: -160 } });
  editor.run('cut');
  expect(documentIn(editor)).toEqual(before);
  editor.run('paste', { at: { x: 400, y: 400 } });
  expect(documentIn(editor).nodes).toBe(before.nodes);
  expect(Object.values(documentIn(editor).notes).map(({ position }) => position)).toContainEqual({ x: 400, y: 400 });
  expect(keysOf(editor).slice(-3)).toEqual(['duplicate', 'cut', 'paste']);
  for (let times = 0; times < 3; times++) editor.run('undo');
  expect(documentIn(editor)).toEqual(before);
});

test('[EDIT-1] notes go along with the nodes they were selected with, into another flow too', () => {
  const editor = editorOf(FORKED);
  editor.run('add-note', { at: { x: 0, y: -200 } });
  editor.run('select-all');
  editor.run('copy');
  expect(sessionIn(editor).notice).toEqual({ key: 'copied', values: { nodes: 5, notes: 1 } });
  const other = editorOf({ schema: 1, nodes: [], edges: [] });
  other.run('paste', { text: sessionIn(editor).clipboard ?? '' });
  const { nodes, edges, notes } = documentIn(other);
  expect([nodes, edges, notes].map((parts) => Object.keys(parts).length)).toEqual([5, 5, 1]);
  other.run('delete');
  expect(documentIn(other)).toMatchObject({ nodes: {}, edges: {}, notes: {} });
  other.run('undo');
  other.run('undo');
  expect(documentIn(other)).toMatchObject({ nodes: {}, notes: {} });
});

test('a frame is selected with all that lies in it, notes too, and they move, are coloured and copied as one', () => {
  const editor = editorOf(FORKED);
  pick(editor, 'act', 'pause');
  editor.run('frame-nodes');
  const [frame] = Object.values(documentIn(editor).notes);
  if (!frame) throw new Error('a frame');
  editor.run('add-note', { at: frame.position });
  const inner = Object.keys(documentIn(editor).notes).find((id) => id !== frame.id) ?? '';
  editor.run('resize-note', { note: inner, grow: { x: -180, y: -60 } });
  editor.run('select-note', { note: frame.id });
  expect(sessionIn(editor).selection).toEqual({ nodes: ['act', 'pause'], edges: [], notes: [frame.id, inner] });
  const { x, y } = frame.position;
  editor.run('nudge-right');
  const at = (id: string) => documentIn(editor).notes[id]?.position;
  expect([at(frame.id), at(inner)]).toEqual([
    { x: x + 20, y },
    { x: x + 20, y },
  ]);
  expect(editor.store.getState().history.past.at(-1)?.name).toEqual({
    key: 'move',
    values: { nodes: 2, notes: 1, frames: 1 },
  });
  editor.run('colour-nodes', { colour: 'blue' });
  expect(documentIn(editor).notes[inner]?.colour).toBe('blue');
  editor.run('select-note', { note: inner, isAdding: true });
  expect(sessionIn(editor).selection.notes).toEqual([frame.id]);
  editor.run('duplicate');
  expect(Object.keys(documentIn(editor).notes)).toHaveLength(4);
});
