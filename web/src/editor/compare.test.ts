import { expect, test } from 'vitest';
import { compareDocuments } from './compare.ts';
import { documentIn, editorOf, FORKED, pick } from './editor.fixture.ts';

test('a comparison names what was added, changed and removed, holds both, and does not mind where nodes stand', () => {
  const editor = editorOf(FORKED);
  const from = documentIn(editor);
  editor.run('move', { to: { end: { x: 2000, y: 0 } } });
  editor.run('set-param', { node: 'act', param: 'text', value: 'Changed' });
  pick(editor, 'pause');
  editor.run('delete');
  editor.run('add-node', { kind: 'act', target: { at: 'port', node: 'fork', port: 'a' } });
  const to = documentIn(editor);
  const { nodes, edges, document } = compareDocuments(from, to);
  const added = Object.keys(to.nodes).find((id) => !from.nodes[id]);
  expect(nodes.map(({ node, is, params }) => [node.id, is, params])).toEqual([
    ['act', 'changed', ['text']],
    ['pause', 'removed', []],
    [added, 'added', []],
  ]);
  expect(Object.keys(document.nodes).toSorted()).toEqual([...Object.keys(from.nodes), added].toSorted());
  expect(edges.get('e5')).toBe('removed');
  expect(edges.has('e1')).toBe(false);
  expect(compareDocuments(to, to).nodes).toEqual([]);
});

test('a comparison counts the notes that say something else, and does not mind where they stand', () => {
  const editor = editorOf(FORKED);
  editor.run('add-note', { at: { x: 0, y: -200 } });
  const from = documentIn(editor);
  const [note = ''] = Object.keys(from.notes);
  editor.run('move', { to: {}, notes: { [note]: { x: 0, y: -400 } } });
  expect(compareDocuments(from, documentIn(editor)).notes).toBe(0);
  editor.run('edit-note', { note, text: 'Why' });
  editor.run('add-note', { at: { x: 0, y: 0 } });
  expect(compareDocuments(from, documentIn(editor)).notes).toBe(2);
});
