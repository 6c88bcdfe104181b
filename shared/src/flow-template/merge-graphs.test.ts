import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fakeGraph, fakeNode } from '../graph/graph.fake.ts';
import type { Graph } from '../graph/graph.ts';
import { mergeGraphs } from './merge-graphs.ts';

const BASE: Graph = {
  ...fakeGraph(
    [fakeNode('a', 'start', {}), fakeNode('b', 'mail', { subject: 'Hi', wait: 1 }), fakeNode('c', 'end', {})],
    ['a.next>b', 'b.next>c'],
  ),
  measurement: { windowMs: 86_400_000, conversionEvent: 'Order' },
};
const params = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.params;
const change = (graph: Graph, id: string, changed: object): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, ...changed } } : node)),
});

/** Random edits of the base: params, positions, nodes that come and go, edges that lead elsewhere. */
const edited: fc.Arbitrary<Graph> = fc
  .record({
    subject: fc.constantFrom('Hi', 'Hello', 'Hey'),
    wait: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    x: fc.constantFrom(0, 20, 40),
    extra: fc.constantFrom(undefined, 'd', 'e'),
    isGone: fc.boolean(),
    to: fc.constantFrom('b', 'c'),
    event: fc.constantFrom('Order', 'Visit', undefined),
  })
  .map(({ subject, wait, x, extra, isGone, to, event }) => {
    const nodes = BASE.nodes
      .filter(({ id }) => !(isGone && id === 'b'))
      .map((node) =>
        node.id === 'b'
          ? { ...node, params: { subject, ...(wait !== undefined && { wait }) }, position: { x, y: 0 } }
          : node,
      );
    const known = new Set([...nodes.map(({ id }) => id), extra]);
    const edges = [
      { id: 'e1', from: 'a', port: 'next', to },
      ...BASE.edges.slice(1),
      ...(extra ? [{ id: 'e9', from: extra, port: 'next', to: 'c' }] : []),
    ].filter(({ from, to }) => known.has(from) && known.has(to));
    return {
      ...BASE,
      nodes: [...nodes, ...(extra ? [fakeNode(extra, 'mail', { subject: extra })] : [])],
      edges,
      measurement: { windowMs: 86_400_000, ...(event !== undefined && { conversionEvent: event }) },
    };
  });

/** As the editor orders it, with edges by where they begin: their ids say nothing. */
function shapeOf({ nodes, edges, notes, measurement }: Graph) {
  const key = <T>(items: readonly T[], of: (item: T) => string) =>
    Object.fromEntries(items.map((item) => [of(item), item]));
  return {
    nodes: key(nodes, ({ id }) => id),
    edges: key(
      edges.map(({ id: _id, ...edge }) => edge),
      ({ from, port }) => `${from}.${port}`,
    ),
    notes,
    measurement,
  };
}

describe('[TPL-4] a merge of three', () => {
  test('keeps what one side alone changed, and has no conflict then', () => {
    fc.assert(
      fc.property(edited, (one) => {
        const mine = mergeGraphs(BASE, one, BASE);
        expect(mine.conflicts).toEqual([]);
        expect(shapeOf(mine.graph)).toEqual(shapeOf(one));
        const theirs = mergeGraphs(BASE, BASE, one);
        expect(theirs.conflicts).toEqual([]);
        expect(shapeOf(theirs.graph)).toEqual(shapeOf(one));
        expect(mergeGraphs(BASE, one, one).conflicts).toEqual([]);
      }),
    );
  });

  test('never takes away what mine changed, and says where both did', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const { graph, conflicts } = mergeGraphs(BASE, mine, theirs);
        const [before, own, other, merged] = [BASE, mine, theirs, graph].map((one) => params(one, 'b'));
        const changed = own ? ['subject', 'wait'].filter((name) => own[name] !== before?.[name]) : [];
        const isSaid = (name: string) => conflicts.some(({ id }) => id === 'node/b' || id === `node/b/params/${name}`);
        const isBoth = (name: string) =>
          other === undefined || (other[name] !== before?.[name] && other[name] !== own?.[name]);
        expect(changed.map((name) => merged?.[name])).toEqual(changed.map((name) => own?.[name]));
        expect(changed.filter(isSaid)).toEqual(changed.filter(isBoth));
        expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
        const chosen = Object.fromEntries(conflicts.map(({ id }) => [id, 'theirs' as const]));
        expect(mergeGraphs(BASE, mine, theirs, chosen).conflicts).toEqual(conflicts);
      }),
    );
  });

  test('takes theirs where that is chosen', () => {
    const mine = change(BASE, 'b', { subject: 'Mine' });
    const theirs = change(BASE, 'b', { subject: 'Theirs', wait: 2 });
    const kept = mergeGraphs(BASE, mine, theirs);
    expect(params(kept.graph, 'b')).toEqual({ subject: 'Mine', wait: 2 });
    expect(kept.conflicts).toEqual([
      { id: 'node/b/params/subject', node: 'b', param: '/subject', mine: 'Mine', theirs: 'Theirs' },
    ]);
    const taken = mergeGraphs(BASE, mine, theirs, { 'node/b/params/subject': 'theirs' });
    expect(params(taken.graph, 'b')).toEqual({ subject: 'Theirs', wait: 2 });
  });

  test('a node that theirs removed and mine changed stays with its edges, and is said', () => {
    const mine = change(BASE, 'b', { subject: 'Mine' });
    const theirs: Graph = {
      ...BASE,
      nodes: BASE.nodes.filter(({ id }) => id !== 'b'),
      edges: [{ id: 'e1', from: 'a', port: 'next', to: 'c' }],
    };
    const { graph, conflicts } = mergeGraphs(BASE, mine, theirs);
    expect(params(graph, 'b')).toMatchObject({ subject: 'Mine' });
    expect(conflicts.map(({ id }) => id)).toEqual(['node/b']);
  });
});
