import { expect, test } from 'vitest';
import { FORKED, nodeOf, testCatalog } from './editor.fixture.ts';
import { documentOf } from './flow-document.ts';
import { outlineOf } from './outline.ts';

const read = (graph: typeof FORKED) =>
  outlineOf(documentOf('Test flow', graph), testCatalog).map(
    (line) => `${'  '.repeat(line.depth)}${line.kind} ${'port' in line ? `${line.node}:${line.port.id}` : line.node}`,
  );

test('[EDIT-4] the flow reads from its trigger on, forks indented, and what was told is referred to', () => {
  expect(read(FORKED)).toEqual([
    'node start',
    'node fork',
    '  port fork:a',
    '    node act',
    '    node end',
    '  port fork:b',
    '    node pause',
    '    continue end',
  ]);
});

test('[EDIT-4] open ways out and nodes that nothing leads to are said too', () => {
  const graph = {
    ...FORKED,
    nodes: [...FORKED.nodes, nodeOf('alone', 'act', 0, 500)],
    edges: FORKED.edges.slice(0, 2),
  };
  expect(read(graph)).toEqual([
    'node start',
    'node fork',
    '  port fork:a',
    '    node act',
    '      open act:out',
    '  port fork:b',
    '    open fork:b',
    'node alone',
    '  open alone:out',
    'node pause',
    '  open pause:out',
    'node end',
  ]);
});
