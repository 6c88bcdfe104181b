import fc from 'fast-check';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { applyDiff, diffDocuments, invertDiff, squashDiffs } from './diff.ts';
import { act, perform } from './acts.fixture.ts';
import { documentIn, editorOf, FORKED, sessionIn, testCatalog } from './editor.fixture.ts';
import { documentOf, graphOf } from './flow-document.ts';
import { portsOf } from './catalog.ts';

test('[EDIT-1] undo∘edit = identity for any sequence of edits, and redo brings the edits back', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const editor = editorOf(FORKED);
      const before = documentIn(editor);
      for (const one of acts) perform(editor, one);
      const after = documentIn(editor);
      const future = editor.store.getState().history.future.length;
      let steps = 0;
      while (editor.run('undo') && editor.isEnabled('undo')) steps += 1;
      expect(documentIn(editor)).toEqual(before);
      expect(editor.store.getState().history.future.length).toBeGreaterThanOrEqual(future + steps);
      while (editor.store.getState().history.future.length > future) editor.run('redo');
      expect(documentIn(editor)).toEqual(after);
    }),
    { numRuns: 150 },
  );
});

test('[EDIT-1] each single undo returns to exactly the document before that entry', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const editor = editorOf(FORKED);
      for (const one of acts) {
        editor.run('end-gesture');
        const before = documentIn(editor);
        const entries = editor.store.getState().history.past.length;
        perform(editor, one);
        if (['undo', 'redo'].includes(one.name) || editor.store.getState().history.past.length === entries) continue;
        const after = documentIn(editor);
        editor.run('undo');
        expect(documentIn(editor)).toEqual(before);
        editor.run('redo');
        expect(documentIn(editor)).toEqual(after);
      }
    }),
    { numRuns: 60 },
  );
});

test('[EDIT-3] no sequence of edits leaves an edge without its node or port, two edges at a port, or an edge into a trigger', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const editor = editorOf(FORKED);
      for (const one of acts) perform(editor, one);
      const { nodes, edges } = documentIn(editor);
      const taken = new Set<string>();
      for (const edge of Object.values(edges)) {
        const source = nodes[edge.from];
        const target = nodes[edge.to];
        expect(source && portsOf(testCatalog, source).map((port) => port.id)).toContain(edge.port);
        expect(target && testCatalog.find(target.kind)?.category).not.toBe('trigger');
        expect(taken).not.toContain(`${edge.from}/${edge.port}`);
        taken.add(`${edge.from}/${edge.port}`);
      }
      const { selection, inspected } = sessionIn(editor);
      expect(Object.keys(nodes)).toEqual(expect.arrayContaining([...selection.nodes]));
      expect([null, ...Object.keys(nodes)]).toContain(inspected);
    }),
    { numRuns: 150 },
  );
});

test('a diff between two documents leads from one to the other and back, and squashing keeps the effect', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), fc.array(act, { maxLength: 20 }), (first, second) => {
      const editor = editorOf(FORKED);
      const a = documentIn(editor);
      for (const one of first) perform(editor, one);
      const b = documentIn(editor);
      for (const one of second) perform(editor, one);
      const c = documentIn(editor);
      expect(applyDiff(a, diffDocuments(a, b))).toEqual(b);
      expect(applyDiff(b, invertDiff(diffDocuments(a, b)))).toEqual(a);
      expect(applyDiff(a, squashDiffs(diffDocuments(a, b), diffDocuments(b, c)))).toEqual(c);
      expect(Value.Equal(documentOf(b.name, graphOf(b)), b)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
