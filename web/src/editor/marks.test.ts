import { hasErrors, checkGraph } from '@sluice/shared/graph';
import { expect, test } from 'vitest';
import { documentIn, editorOf, FORKED, pick, sessionIn, testCatalog } from './editor.fixture.ts';
import { findNodes } from './find-nodes.ts';
import { documentOf, graphOf } from './flow-document.ts';

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
  editor.run('place-note', { note: frame.id, by: { x: 100, y: 40 } });
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

test('nodes are found by what stands on the card and by what is set in them, in reading order', () => {
  const document = documentOf('Test flow', FORKED);
  const wordsOf = (id: string) => [id === 'pause' ? 'Hello again' : id];
  expect(findNodes(document, wordsOf, ' HELLO ')).toEqual(['act', 'pause']);
  expect(findNodes(document, wordsOf, '')).toEqual([]);
});
