import { describe, expect, test } from 'vitest';
import { documentIn, editorOf, FORKED, nodeOf, pick, sessionIn, testCatalog } from './editor.fixture.ts';
import { documentOf, graphOf } from './flow-document.ts';
import { GRID, heightOf, NODE_WIDTH } from './placement.ts';

const entriesOf = (editor: ReturnType<typeof editorOf>) =>
  editor.store
    .getState()
    .history.past.map((entry) => [entry.name.key, entry.name.values?.['nodes'] ?? entry.name.values?.['count']]);

describe('history', () => {
  test('a drag of many moves is one entry named after what was moved', () => {
    const editor = editorOf(FORKED);
    for (let x = 0; x < 200; x += 10)
      editor.run('move', { to: { act: { x, y: 0 }, pause: { x, y: 100 }, end: { x, y: 200 } }, gesture: 'drag' });
    editor.run('end-gesture');
    expect(entriesOf(editor)).toEqual([['move', 3]]);
  });

  test('two drags of the same node are two entries', () => {
    const editor = editorOf(FORKED);
    for (const x of [100, 200]) {
      editor.run('move', { to: { act: { x, y: 0 } }, gesture: 'drag/act' });
      editor.run('end-gesture');
    }
    expect(entriesOf(editor)).toHaveLength(2);
  });

  test('a drag that comes back to where it began leaves no entry', () => {
    const editor = editorOf(FORKED);
    editor.run('move', { to: { act: { x: 0, y: 0 } }, gesture: 'drag' });
    editor.run('move', { to: { act: { x: 640, y: -60 } }, gesture: 'drag' });
    editor.run('end-gesture');
    expect(entriesOf(editor)).toEqual([]);
  });

  test('typing in one field is one entry, and the next field another', () => {
    const editor = editorOf(FORKED);
    for (const value of ['H', 'Hi', 'Hi you']) editor.run('set-param', { node: 'act', param: 'text', value });
    editor.run('rename-node', { node: 'act', name: 'G' });
    editor.run('rename-node', { node: 'act', name: 'Greet' });
    expect(entriesOf(editor).map(([key]) => key)).toEqual(['edit-node', 'rename-node']);
    editor.run('undo');
    expect(documentIn(editor).nodes['act']?.name).toBeUndefined();
    expect(documentIn(editor).nodes['act']?.params['text']).toBe('Hi you');
  });

  test('undo brings back the selection that the edit began with', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'act', 'pause');
    editor.run('delete');
    expect(sessionIn(editor).selection.nodes).toEqual([]);
    editor.run('undo');
    expect(sessionIn(editor).selection.nodes).toEqual(['act', 'pause']);
  });

  test('a new edit forgets what was undone', () => {
    const editor = editorOf(FORKED);
    editor.run('rename-flow', { name: 'First' });
    editor.run('undo');
    editor.run('rename-flow', { name: 'Second' });
    expect(editor.isEnabled('redo')).toBe(false);
  });
});

describe('adding', () => {
  test('a node dropped on an edge stands between its ends, and what lies behind makes room', () => {
    const editor = editorOf(FORKED);
    editor.run('add-node', { kind: 'act', target: { at: 'edge', edge: 'e1' } });
    const { nodes, edges } = documentIn(editor);
    expect(edges['e1']).toMatchObject({ from: 'start', to: 'act-n1' });
    expect(Object.values(edges)).toContainEqual({ id: 'e-n2', from: 'act-n1', port: 'out', to: 'fork' });
    const xOf = (id: string) => nodes[id]?.position.x ?? Number.NaN;
    expect(xOf('act-n1')).toBeGreaterThanOrEqual(xOf('start') + NODE_WIDTH + GRID);
    expect(xOf('fork')).toBeGreaterThanOrEqual(xOf('act-n1') + NODE_WIDTH + GRID);
    expect(xOf('end') - xOf('fork')).toBe(640);
  });

  test('a node without a way out is not put into an edge, and the reason is said', () => {
    const editor = editorOf(FORKED);
    editor.run('add-node', { kind: 'end', target: { at: 'edge', edge: 'e1' } });
    expect(documentIn(editor)).toEqual(documentOf('Test flow', FORKED));
    expect(sessionIn(editor).notice?.key).toBe('refused.not-between');
  });

  test('without a target a node is joined to the free port of the selected one', () => {
    const editor = editorOf({ schema: 1, nodes: FORKED.nodes.slice(0, 2), edges: FORKED.edges.slice(0, 1) });
    pick(editor, 'fork');
    editor.run('add-node', { kind: 'act' });
    pick(editor, 'fork');
    editor.run('add-node', { kind: 'pause' });
    expect(Object.values(documentIn(editor).edges).map((edge) => [edge.from, edge.port, edge.to])).toEqual(
      expect.arrayContaining([
        ['fork', 'a', 'act-n1'],
        ['fork', 'b', 'pause-n3'],
      ]),
    );
  });

  test('a trigger is added unconnected wherever it is asked for', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'end');
    editor.run('add-node', { kind: 'start' });
    expect(Object.keys(documentIn(editor).edges)).toHaveLength(5);
    expect(Object.keys(documentIn(editor).nodes)).toHaveLength(6);
  });

  test('a new node never covers one that is there', () => {
    const editor = editorOf({ schema: 1, nodes: [], edges: [] });
    for (let i = 0; i < 5; i += 1)
      editor.run('add-node', { kind: 'fork', target: { at: 'point', point: { x: 0, y: 0 } } });
    const tops = Object.values(documentIn(editor).nodes)
      .map((node) => node.position.y)
      .toSorted((a, b) => a - b);
    const gaps = tops.slice(1).map((top, index) => top - (tops[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(heightOf(testCatalog, nodeOf('any', 'fork')));
  });
});

describe('deleting', () => {
  test('what led to a deleted node leads to what came after it', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'act');
    editor.run('delete');
    expect(documentIn(editor).edges['e2']).toEqual({ id: 'e2', from: 'fork', port: 'a', to: 'end' });
    expect(documentIn(editor).edges['e4']).toBeUndefined();
  });

  test('behind a fork whose branches differ the incoming edge goes too', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'fork');
    editor.run('delete');
    expect(documentIn(editor).edges['e1']).toBeUndefined();
  });

  test('a fork whose branches meet again is healed through when all between is deleted', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'fork', 'act', 'pause');
    editor.run('delete');
    expect(graphOf(documentIn(editor)).edges).toEqual([{ id: 'e1', from: 'start', port: 'out', to: 'end' }]);
  });
});

describe('connecting', () => {
  test.each([
    ['to-trigger', { from: 'act', port: 'out', to: 'start' }],
    ['to-itself', { from: 'act', port: 'out', to: 'act' }],
    ['endless-loop', { from: 'act', port: 'out', to: 'fork' }],
    ['missing-port', { from: 'fork', port: 'c', to: 'end' }],
    ['already', { from: 'act', port: 'out', to: 'end' }],
  ])('[EDIT-3] refuses an edge that publish would refuse: %s', (refusal, edge) => {
    const editor = editorOf(FORKED);
    editor.run('connect', edge);
    expect(sessionIn(editor).notice?.key).toBe(`refused.${refusal}`);
    expect(documentIn(editor)).toEqual(documentOf('Test flow', FORKED));
  });

  test('a loop that waits may be drawn', () => {
    const editor = editorOf(FORKED);
    editor.run('connect', { from: 'pause', port: 'out', to: 'fork' });
    expect(documentIn(editor).edges['e5']?.to).toBe('fork');
  });

  test('a new edge at a taken port takes the place of the old', () => {
    const editor = editorOf(FORKED);
    editor.run('connect', { from: 'fork', port: 'a', to: 'end' });
    expect(Object.values(documentIn(editor).edges).filter((edge) => edge.from === 'fork' && edge.port === 'a')).toEqual(
      [{ id: 'e2', from: 'fork', port: 'a', to: 'end' }],
    );
  });

  test('an edge follows its port when the port is renamed and goes when the port goes', () => {
    const editor = editorOf(FORKED);
    editor.run('set-param', { node: 'fork', param: 'ways', value: ['a', 'beta'] });
    expect(documentIn(editor).edges['e3']?.port).toBe('beta');
    editor.run('set-param', { node: 'fork', param: 'ways', value: ['beta'] });
    expect(documentIn(editor).edges['e2']).toBeUndefined();
    editor.run('undo');
    expect(documentIn(editor)).toEqual(documentOf('Test flow', FORKED));
  });
});

describe('clipboard', () => {
  test('nodes and the edges among them are pasted with fresh ids, each paste a step further', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'fork', 'act');
    editor.run('copy');
    editor.run('paste');
    editor.run('paste');
    const { nodes, edges } = documentIn(editor);
    expect(Object.keys(nodes)).toHaveLength(9);
    expect(Object.keys(edges)).toHaveLength(7);
    const xs = Object.values(nodes)
      .filter((node) => node.kind === 'fork')
      .map((node) => node.position.x);
    expect(new Set(xs).size).toBe(3);
    expect(entriesOf(editor)).toEqual([
      ['paste', 2],
      ['paste', 2],
    ]);
  });

  test('what is copied in one flow can be pasted into another as text', () => {
    const from = editorOf(FORKED);
    pick(from, 'act');
    from.run('copy');
    const into = editorOf({ schema: 1, nodes: [], edges: [] });
    into.run('paste', { text: sessionIn(from).clipboard ?? '', at: { x: 100, y: 40 } });
    expect(Object.values(documentIn(into).nodes)).toMatchObject([{ kind: 'act', position: { x: 100, y: 40 } }]);
  });

  test('a frame goes where all that lies in it goes: copied with it, and cut with it', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'act', 'pause');
    editor.run('frame-nodes');
    pick(editor, 'act');
    editor.run('duplicate');
    expect(Object.keys(documentIn(editor).notes)).toHaveLength(1);
    editor.run('undo');
    pick(editor, 'act', 'pause');
    editor.run('cut');
    expect(documentIn(editor).notes).toEqual({});
    editor.run('paste', { at: { x: 1000, y: 1000 } });
    expect(Object.values(documentIn(editor).notes)).toMatchObject([{ form: 'frame', position: { x: 960, y: 920 } }]);
    expect(entriesOf(editor).map(([key]) => key)).toEqual(['frame-nodes', 'cut', 'paste']);
  });

  test.each([
    ['', 'clipboard-empty'],
    ['buy milk', 'clipboard-foreign'],
    ['{"a":1}', 'clipboard-foreign'],
    ['{"sluice":"nodes","schema":1,"nodes":[{"id":"$"}],"edges":[]}', 'clipboard-damaged'],
  ])('pasting %j says why not', (text, refusal) => {
    const editor = editorOf(FORKED);
    editor.run('paste', { text });
    expect(sessionIn(editor).notice?.key).toBe(`refused.${refusal}`);
    expect(editor.isEnabled('undo')).toBe(false);
  });
});

describe('tidy-up', () => {
  test('lays columns from left to right, level on the grid, and leaves the first node where it was', () => {
    const editor = editorOf({
      ...FORKED,
      nodes: FORKED.nodes.map((node) => ({ ...node, position: { x: 40, y: 20 } })),
    });
    editor.run('tidy-up');
    const { nodes } = documentIn(editor);
    const at = (id: string) => nodes[id]?.position ?? { x: Number.NaN, y: Number.NaN };
    expect(at('fork').x).toBeGreaterThan(at('start').x);
    expect(at('act').x).toBeGreaterThan(at('fork').x);
    expect(at('end').x).toBeGreaterThan(at('act').x);
    expect(at('act').x).toBe(at('pause').x);
    expect(at('act').y).toBeLessThan(at('pause').y);
    for (const node of Object.values(nodes))
      expect([node.position.x % GRID, node.position.y % GRID].map(Math.abs)).toEqual([0, 0]);
  });

  test('is one entry, and a second time changes nothing', () => {
    const editor = editorOf(FORKED);
    editor.run('tidy-up');
    const tidy = documentIn(editor);
    editor.run('tidy-up');
    expect(documentIn(editor)).toEqual(tidy);
    expect(entriesOf(editor).length).toBeLessThanOrEqual(1);
  });
});

describe('read-only', () => {
  test('no command that edits does anything, looking around still works', () => {
    const editor = editorOf(FORKED, true);
    const before = documentIn(editor);
    pick(editor, 'act');
    expect(editor.run('delete')).toBe(false);
    expect(editor.run('rename-flow', { name: 'x' })).toBe(false);
    expect(editor.isEnabled('duplicate')).toBe(false);
    expect(editor.run('walk-forward')).toBe(true);
    expect(sessionIn(editor).selection.nodes).toEqual(['end']);
    expect(documentIn(editor)).toBe(before);
  });
});

describe('adding behind a node', () => {
  test('whose ways out are all taken puts the new node into the first of them', () => {
    const editor = editorOf(FORKED);
    pick(editor, 'act');
    editor.run('add-node', { kind: 'pause' });
    expect(documentIn(editor).edges['e4']?.to).toBe('pause-n1');
    expect(Object.values(documentIn(editor).edges)).toContainEqual({
      id: 'e-n2',
      from: 'pause-n1',
      port: 'out',
      to: 'end',
    });
  });
});

test('the beginning of an edge can be moved to another port in one entry', () => {
  const editor = editorOf(FORKED);
  editor.run('connect', { from: 'start', port: 'out', to: 'pause', instead: 'e3' });
  expect(documentIn(editor).edges['e3']).toBeUndefined();
  expect(documentIn(editor).edges['e1']?.to).toBe('pause');
  editor.run('undo');
  expect(documentIn(editor)).toEqual(documentOf('Test flow', FORKED));
});
