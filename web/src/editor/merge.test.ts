import fc from 'fast-check';
import Value from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { act, perform } from './acts.fixture.ts';
import { diffDocuments } from './diff.ts';
import { documentIn, editorOf, FORKED } from './editor.fixture.ts';
import type { FlowDocument } from './flow-document.ts';
import { type Choices, mergeDocuments } from './merge.ts';

const base = documentIn(editorOf(FORKED));
const copyOf = (prefix: string) => `${prefix}-copy`;

/** The flow after somebody's edits. */
function edited(edit: (editor: ReturnType<typeof editorOf>) => void): FlowDocument {
  const editor = editorOf(FORKED);
  edit(editor);
  return documentIn(editor);
}

const merge = (mine: FlowDocument, theirs: FlowDocument, choices: Choices = {}) =>
  mergeDocuments({ base, mine, theirs }, choices, copyOf);

describe('[EDIT-2] two drafts become one', () => {
  test('[EDIT-2] what only one side touched is as that side made it, down to a single field', () => {
    const mine = edited((editor) => editor.run('rename-node', { node: 'act', name: 'Mine' }));
    const theirs = edited((editor) => {
      editor.run('set-param', { node: 'act', param: 'text', value: 'Theirs' });
      editor.run('move', { to: { act: { x: 900, y: 300 } } });
    });
    const { document, clashes } = merge(mine, theirs);
    expect(clashes).toEqual([]);
    expect(document.nodes['act']).toMatchObject({
      name: 'Mine',
      params: { text: 'Theirs' },
      position: { x: 900, y: 300 },
    });
  });

  test('[EDIT-2] who deletes what the other side changed is asked, and what is kept keeps its connections', () => {
    const mine = edited((editor) => {
      editor.run('select', { selection: { nodes: ['act'], edges: [] } });
      editor.run('delete');
    });
    const theirs = edited((editor) => editor.run('set-param', { node: 'act', param: 'text', value: 'Theirs' }));
    const { clashes } = merge(mine, theirs);
    expect(clashes).toMatchObject([{ of: 'node', id: 'act', mine: undefined }]);
    const kept = merge(mine, theirs, { 'node/act': 'theirs' }).document;
    const joined = Object.values(kept.edges).map(({ from, port, to }) => `${from}:${port}>${to}`);
    expect(joined).toEqual(expect.arrayContaining(['fork:a>act', 'act:out>end']));
    expect(merge(mine, theirs, { 'node/act': 'mine' }).document.nodes['act']).toBeUndefined();
  });

  test('[EDIT-2] a port that both lead elsewhere is a clash of its node, and leads to one place afterwards', () => {
    const mine = edited((editor) => editor.run('connect', { from: 'fork', port: 'a', to: 'end', instead: 'e2' }));
    const theirs = edited((editor) => editor.run('connect', { from: 'fork', port: 'a', to: 'pause', instead: 'e2' }));
    const { clashes } = merge(mine, theirs);
    expect(clashes).toMatchObject([{ of: 'node', id: 'fork', ports: ['a'] }]);
    for (const [choice, to] of [
      ['mine', 'end'],
      ['theirs', 'pause'],
    ] as const) {
      const { edges } = merge(mine, theirs, { 'node/fork': choice }).document;
      const ways = Object.values(edges).filter(({ from, port }) => from === 'fork' && port === 'a');
      expect(ways.map((edge) => edge.to)).toEqual([to]);
    }
  });

  test('[EDIT-2] a connection that was deleted and drawn again is the one that was drawn last', () => {
    const after = edited((editor) => {
      editor.run('disconnect', { edge: 'e5' });
      editor.run('connect', { from: 'pause', port: 'out', to: 'end' });
    });
    for (const { document, clashes } of [merge(after, base), merge(base, after)]) {
      expect(clashes).toEqual([]);
      expect(document).toEqual(after);
    }
  });

  test('[EDIT-2] without edits on one side the merge is the other side, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const after = edited((editor) => acts.forEach((one) => perform(editor, one)));
        for (const { document, clashes } of [merge(after, base), merge(base, after), merge(after, after)]) {
          expect(clashes).toEqual([]);
          expect(Value.Equal(document, after)).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('[EDIT-2] every merge has sound connections, and every choice of both keeps every text', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), fc.array(act, { maxLength: 15 }), (first, second) => {
        const mine = edited((editor) => first.forEach((one) => perform(editor, one)));
        const theirs = edited((editor) => second.forEach((one) => perform(editor, one)));
        const { clashes } = merge(mine, theirs);
        const choices = Object.fromEntries(clashes.map(({ key }) => [key, 'both'] as const));
        let next = 0;
        const { document } = mergeDocuments({ base, mine, theirs }, choices, (prefix) => `${prefix}-c${++next}`);
        const ports = Object.values(document.edges).map(({ from, port }) => `${from}:${port}`);
        expect(new Set(ports).size).toBe(ports.length);
        for (const { from, to } of Object.values(document.edges))
          expect(Object.keys(document.nodes)).toEqual(expect.arrayContaining([from, to]));
        const textsOf = ({ nodes }: FlowDocument) => Object.values(nodes).map(({ params }) => params['text']);
        const changedTexts = (side: FlowDocument) =>
          diffDocuments(base, side).flatMap((change) =>
            change.of === 'node' && change.after && change.before?.params['text'] !== change.after.params['text']
              ? [change.after.params['text']]
              : [],
          );
        const wanted = [...changedTexts(mine), ...changedTexts(theirs)].filter((text) => text !== undefined);
        expect(textsOf(document)).toEqual(expect.arrayContaining(wanted));
      }),
      { numRuns: 80 },
    );
  });
});

test('[EDIT-1] undoing all of one’s own edits leaves exactly what the other one did, when they met nowhere', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), fc.nat(20), (acts, at) => {
      const editor = editorOf(FORKED);
      const before = documentIn(editor);
      // Theirs is a node of its own and the flow's name, which the acts of this test leave alone.
      const own = acts.filter(({ name }) => name !== 'rename-flow');
      const stranger = { id: 'stranger', kind: 'pause', kindVersion: 1, params: {}, position: { x: 0, y: 900 } };
      const foreign = { ...before, name: 'Theirs', nodes: { ...before.nodes, stranger } };
      own.slice(0, at).forEach((one) => perform(editor, one));
      const hadEdits = editor.store.getState().history.past.length;
      editor.absorb(diffDocuments(before, foreign), { key: 'merged' });
      expect(editor.store.getState().history.past.length).toBe(hadEdits);
      while (editor.isEnabled('undo')) editor.run('undo');
      expect(Value.Equal(documentIn(editor), foreign)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
