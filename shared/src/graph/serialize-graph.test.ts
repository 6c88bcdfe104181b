import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { fakeGraph, fakeNode } from './graph.fake.ts';
import { Graph } from './graph.ts';
import { serializeGraph } from './serialize-graph.ts';

const graph = fakeGraph(
  [fakeNode('b', 'step', { z: 1, a: { y: 2, x: [3, { q: 1, p: 2 }] } }), fakeNode('a', 'end')],
  ['b.next>a'],
);

test('the order of nodes, edges and keys does not matter', () => {
  const [first, second] = graph.nodes;
  if (first === undefined || second === undefined) throw new Error('the graph has two nodes');
  const reordered: Graph = {
    edges: graph.edges,
    nodes: [second, { ...first, params: { a: { x: [3, { p: 2, q: 1 }], y: 2 }, z: 1 } }],
    schema: 1,
  };
  expect(serializeGraph(reordered)).toBe(serializeGraph(graph));
});

test('the order of a list inside params does matter', () => {
  const one = fakeGraph([fakeNode('a', 'step', { list: [1, 2] })], []);
  const other = fakeGraph([fakeNode('a', 'step', { list: [2, 1] })], []);
  expect(serializeGraph(one)).not.toBe(serializeGraph(other));
});

test('reading the text back gives an equal graph, whatever the params', () => {
  const schema = Compile(Graph);
  const params = fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(params, (any) => {
      const original = JSON.parse(JSON.stringify(fakeGraph([fakeNode('a', 'step', any)], ['a.next>a'])));
      const read = JSON.parse(serializeGraph(original));
      expect(schema.Check(read)).toBe(true);
      expect(read).toEqual(original);
    }),
  );
});
