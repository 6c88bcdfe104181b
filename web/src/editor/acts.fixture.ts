import fc from 'fast-check';
import { portsOf } from './catalog.ts';
import type { Editor } from './editor.ts';
import { documentIn, testCatalog } from './editor.fixture.ts';

/** One thing a person might do; numbers choose among what is on the canvas at that moment. */
export type Act = { name: string; a: number; b: number; word: string };
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
  'resize-note',
  'delete-note',
  'undo',
  'redo',
  'end-gesture',
];
export const act: fc.Arbitrary<Act> = fc.record({
  name: fc.constantFrom(...ACTS),
  a: fc.nat(60),
  b: fc.nat(60),
  word: fc.string({ maxLength: 6 }),
});

export function perform(editor: Editor, { name, a, b, word }: Act): void {
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
  const choose = () =>
    editor.run('select', {
      selection: { nodes: [...new Set([node, other])], edges: [edge], notes: a % 3 === 0 ? [noteAt] : [] },
    });
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
    'resize-note': () => editor.run('resize-note', { note: noteAt, grow: { x: a * 5, y: b - 30 } }),
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
