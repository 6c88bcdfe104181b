import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeGraph, fakeManifests, fakeNode } from './graph.fake.ts';
import { indexGraph, reachableNodes } from './index-graph.ts';

const graph = fakeGraph(
  [fakeNode('s', 'start'), fakeNode('a', 'ask'), fakeNode('z', 'end'), fakeNode('lost', 'end')],
  ['s.next>a', 'a.yes>z', 'a.no>a'],
);
const index = indexGraph(graph, fakeManifests);

test('a port leads to its node, an open one nowhere', () => {
  expect(index.next('s', 'next')).toBe('a');
  expect(index.next('a', 'no')).toBe('a');
  expect(index.next('z', 'next')).toBeUndefined();
  expect(index.next('nobody', 'next')).toBeUndefined();
});

test('edges are found from either end', () => {
  expect(index.outgoing('a').map(({ port }) => port)).toEqual(['yes', 'no']);
  expect(index.incoming('a').map(({ from }) => from)).toEqual(['s', 'a']);
  expect(index.incoming('lost')).toEqual([]);
});

test('triggers are the nodes whose kind is one, and reach all that edges lead to', () => {
  expect(index.triggers.map(({ id }) => id)).toEqual(['s']);
  expect([...reachableNodes(index)].sort()).toEqual(['a', 's', 'z']);
});

test('an edge to a node that is not there reaches nothing', () => {
  const broken = indexGraph(fakeGraph([fakeNode('s', 'start')], ['s.next>gone']), fakeManifests);
  expect([...reachableNodes(broken)]).toEqual(['s']);
});

test('next agrees with a search through the edges, for any edges', () => {
  const ids = ['s', 'a', 'z', 'lost'] as const;
  const anyId = fc.constantFrom(...ids);
  fc.assert(
    fc.property(fc.array(fc.tuple(anyId, fc.constantFrom('yes', 'no'), anyId), { maxLength: 20 }), (edges) => {
      const any = fakeGraph(
        graph.nodes,
        edges.map(([from, port, to]) => `${from}.${port}>${to}`),
      );
      const built = indexGraph(any, fakeManifests);
      for (const from of ids)
        for (const port of ['yes', 'no'])
          expect(built.next(from, port)).toBe(any.edges.find((edge) => edge.from === from && edge.port === port)?.to);
    }),
  );
});
