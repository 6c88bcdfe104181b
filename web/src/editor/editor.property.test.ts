import fc from 'fast-check';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { applyDiff, diffDocuments, invertDiff, squashDiffs } from './diff.ts';
import type { Editor } from './editor.ts';
import { documentIn, editorOf, FORKED, sessionIn, testCatalog } from './editor.fixture.ts';
import { documentOf, graphOf } from './flow-document.ts';
import { portsOf } from './catalog.ts';

/** One thing a person might do; numbers choose among what is on the canvas at that moment. */
type Act = { name: string; a: number; b: number; word: string };
const ACTS = [
  'add',
  'add-at-port',
  'add-in-edge',
  'connect',
  'disconnect',
  'delete',
  'drag',
  'nudge',
  'param',
  'ways',
  'rename',
  'rename-flow',
  'cut',
  'paste',
  'duplicate',
  'tidy-up',
  'measure',
  'disable',
  'colour',
  'note',
  'frame',
  'write-note',
  'place-note',
  'delete-note',
  'undo',
  'redo',
  'end-gesture',
];
const act: fc.Arbitrary<Act> = fc.record({
  name: fc.constantFrom(...ACTS),
  a: fc.nat(60),
  b: fc.nat(60),
  word: fc.string({ maxLength: 6 }),
});

function perform(editor: Editor, { name, a, b, word }: Act): void {
  const document = documentIn(editor);
  const nodes = Object.keys(document.nodes).toSorted();
  const edges = Object.keys(document.edges).toSorted();
  const node = nodes[a % nodes.length] ?? 'none';
  const other = nodes[b % nodes.length] ?? 'none';
  const edge = edges[a % edges.length] ?? 'none';
  const notes = Object.keys(document.notes).toSorted();
  const noteAt = notes[a % notes.length] ?? 'none';
  const kind = testCatalog.kinds[b % testCatalog.kinds.length]?.kind ?? 'act';
  const ports = document.nodes[node] ? portsOf(testCatalog, document.nodes[node]) : [];
  const port = ports[b % ports.length]?.id ?? 'out';
  const choose = () => editor.run('select', { selection: { nodes: [...new Set([node, other])], edges: [edge] } });
  const moves: Record<string, () => void> = {
    add: () => editor.run('add-node', { kind, target: { at: 'point', point: { x: a * 10, y: b * 10 } } }),
    'add-at-port': () => editor.run('add-node', { kind, target: { at: 'port', node, port } }),
    'add-in-edge': () => editor.run('add-node', { kind, target: { at: 'edge', edge } }),
    connect: () => editor.run('connect', { from: node, port, to: other }),
    disconnect: () => editor.run('disconnect', { edge }),
    delete: () => choose() && editor.run('delete'),
    drag: () => editor.run('move', { to: { [node]: { x: a * 7, y: b * 7 } }, gesture: `drag/${node}` }),
    disable: () => choose() && editor.run('toggle-disabled'),
    colour: () => choose() && editor.run('colour-nodes', { colour: a % 2 === 0 ? 'teal' : undefined }),
    note: () => editor.run('add-note', { at: { x: a * 10, y: b * 10 } }),
    frame: () => choose() && editor.run('frame-nodes'),
    'write-note': () => editor.run('edit-note', { note: noteAt, text: word }),
    'place-note': () => editor.run('place-note', { note: noteAt, by: { x: a * 5, y: 0 }, grow: { x: 0, y: b - 30 } }),
    'delete-note': () => editor.run('delete-note', { note: noteAt }),
    nudge: () => choose() && editor.run('nudge-right'),
    param: () => editor.run('set-param', { node, param: 'text', value: word }),
    ways: () => editor.run('set-param', { node, param: 'ways', value: ['a', 'b', word].slice(0, 1 + (b % 3)) }),
    rename: () => editor.run('rename-node', { node, name: word }),
    'rename-flow': () => editor.run('rename-flow', { name: word }),
    cut: () => choose() && editor.run('cut'),
    paste: () => editor.run('paste'),
    duplicate: () => choose() && editor.run('duplicate'),
    'tidy-up': () => editor.run('tidy-up'),
    measure: () =>
      editor.run('set-measurement', {
        measurement: a % 3 === 0 ? undefined : { windowMs: 60_000 * (1 + b) },
        field: 'windowMs',
      }),
    undo: () => editor.run('undo'),
    redo: () => editor.run('redo'),
    'end-gesture': () => editor.run('end-gesture'),
  };
  moves[name]?.();
}

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
