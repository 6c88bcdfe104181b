import { expect, test } from 'vitest';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { createChecker } from './check-flow.ts';
import { nodeKinds } from './node-kinds.ts';

const context = { attributes: new Map<string, string>(), events: new Set<string>() };

function editorWithEmail() {
  const editor = createEditor({
    document: documentOf('Any', { schema: 1, nodes: [], edges: [] }),
    catalog: nodeKinds,
    createId: (prefix) => prefix,
  });
  editor.run('add-node', { kind: 'email', target: { at: 'point' } });
  return editor;
}

test('moving a node checks nothing again, changing what it says does', () => {
  const editor = editorWithEmail();
  const check = createChecker();
  const documentNow = () => editor.store.getState().document;
  const first = check(documentNow(), context);
  editor.run('move', { to: { email: { x: 400, y: 400 } }, gesture: 'drag' });
  expect(check(documentNow(), context)).toBe(first);
  editor.run('set-param', { node: 'email', param: 'subject', value: 'Hello' });
  expect(check(documentNow(), context).problems.length).toBeLessThan(first.problems.length);
});

test('new facts of the dictionary are taken into account', () => {
  const editor = editorWithEmail();
  const check = createChecker();
  const before = check(editor.store.getState().document, context);
  const after = check(editor.store.getState().document, { ...context, attributes: new Map([['history', 'number']]) });
  expect(after.problems.map(({ code }) => code)).toContain('email:address-unseen');
  expect(before.problems.map(({ code }) => code)).not.toContain('email:address-unseen');
});
