import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLoops } from './find-loops.ts';
import { fakeGraph, fakeManifests, fakeNode } from './graph.fake.ts';
import { indexGraph } from './index-graph.ts';

/** The plain definition: a node is in a loop when a walk over nodes that cannot wait leads from it back to it. */
function leadsToItself(edges: readonly (readonly [string, string])[], from: string, canWait: (id: string) => boolean) {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const [source, target] of edges)
      if (source === at && !canWait(target) && !seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
  return seen.has(from);
}

test('a node is in a loop exactly when a walk without waiting leads from it back to it', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyId = fc.constantFrom(...ids);
  fc.assert(
    fc.property(fc.array(fc.tuple(anyId, anyId), { maxLength: 14 }), fc.subarray(ids), (edges, waiting) => {
      const canWait = (id: string) => waiting.includes(id);
      const graph = fakeGraph(
        ids.map((id) => fakeNode(id, 'step')),
        edges.map(([from, to], i) => `${from}.p${i}>${to}`),
      );
      const found = findLoops(indexGraph(graph, fakeManifests), canWait);
      const expected = ids.filter((id) => !canWait(id) && leadsToItself(edges, id, canWait));
      expect(found.flat().sort()).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('a chain as long as a graph may be is searched without exhausting the stack', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `n${i}`);
  const edges = ids.map((id, i) => `${id}.next>${ids[(i + 1) % ids.length]}`);
  const graph = fakeGraph(
    ids.map((id) => fakeNode(id, 'step')),
    edges,
  );
  expect(findLoops(indexGraph(graph, fakeManifests), () => false)).toEqual([ids]);
});
