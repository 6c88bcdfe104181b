import { expect, test } from 'vitest';
import type { CheckContext } from '../node-contract/manifest.ts';
import { checkGraph, hasErrors } from './check-graph.ts';
import { fakeGraph, fakeManifests, fakeNode } from './graph.fake.ts';
import type { Graph } from './graph.ts';

const CONTEXT: CheckContext = { attributes: new Map(), events: new Set() };
const check = (graph: Graph, context: CheckContext = CONTEXT) => checkGraph(graph, fakeManifests, context);
const codes = (graph: Graph) => check(graph).map(({ code, severity }) => `${severity} ${code}`);

const start = fakeNode('s', 'start');
const end = fakeNode('z', 'end');
const sound = fakeGraph(
  [start, fakeNode('a', 'ask'), fakeNode('r', 'rest'), end],
  ['s.next>a', 'a.yes>r', 'a.no>z', 'r.next>z'],
);

test('[EDIT-3] a sound graph has no problems', () => {
  expect(check(sound)).toEqual([]);
});

test('a graph without a trigger says so once and does not call its nodes unreachable', () => {
  expect(codes(fakeGraph([end], []))).toEqual(['error no-trigger']);
  expect(codes({ schema: 1, nodes: [], edges: [] })).toEqual(['error no-trigger']);
});

test('an open way out is an error that names the node and the port', () => {
  const graph = fakeGraph([start, fakeNode('a', 'ask'), end], ['s.next>a', 'a.yes>z']);
  expect(check(graph)).toEqual([{ code: 'open-port', severity: 'error', node: 'a', values: { port: 'no' } }]);
});

test('a port with two edges is an error', () => {
  expect(codes(fakeGraph([start, end, fakeNode('y', 'end')], ['s.next>z', 's.next>y']))).toEqual([
    'error port-with-two-edges',
  ]);
});

test('an edge to a node, from a node or from a port that is not there is an error on that edge', () => {
  const graph = fakeGraph([start, end], ['s.next>z', 's.next2>z', 'gone.next>z']);
  expect(check(graph)).toEqual([
    { code: 'edge-from-missing-port', severity: 'error', edge: 'e1', node: 's', values: { port: 'next2' } },
    { code: 'edge-from-missing-node', severity: 'error', edge: 'e2' },
  ]);
  expect(codes(fakeGraph([start], ['s.next>gone']))).toEqual(['error edge-to-missing-node']);
});

test('an edge into a trigger is an error', () => {
  const graph = fakeGraph(
    [start, fakeNode('t', 'start'), fakeNode('r', 'rest'), end],
    ['s.next>r', 'r.next>t', 't.next>z'],
  );
  expect(check(graph)).toEqual([{ code: 'edge-into-trigger', severity: 'error', edge: 'e1' }]);
});

test('what no trigger leads to is a warning, and so is everything that is wrong with it', () => {
  const graph = fakeGraph([start, end, fakeNode('a', 'ask', { word: '' }), fakeNode('b', 'step')], ['s.next>z']);
  const problems = check(graph);
  expect(problems.map(({ code, severity, node }) => [code, severity, node])).toEqual([
    ['unreachable-node', 'warning', 'a'],
    ['unreachable-node', 'warning', 'b'],
    ['param-missing', 'warning', 'a'],
    ['open-port', 'warning', 'b'],
  ]);
  expect(hasErrors(problems)).toBe(false);
});

test('a loop in which nobody can wait is an error that names its nodes, once per loop', () => {
  const graph = fakeGraph(
    [start, fakeNode('a', 'ask'), fakeNode('b', 'step'), fakeNode('c', 'step'), end],
    ['s.next>a', 'a.yes>b', 'b.next>c', 'c.next>a', 'a.no>z'],
  );
  expect(check(graph)).toEqual([
    { code: 'loop-without-wait', severity: 'error', node: 'a', values: { nodes: 'a, b, c' } },
  ]);
});

test('a loop through a node that can wait is allowed', () => {
  const graph = fakeGraph(
    [start, fakeNode('a', 'ask'), fakeNode('r', 'rest'), end],
    ['s.next>a', 'a.yes>r', 'r.next>a', 'a.no>z'],
  );
  expect(check(graph)).toEqual([]);
});

test('a node that leads to itself is a loop', () => {
  const graph = fakeGraph([start, fakeNode('a', 'ask'), end], ['s.next>a', 'a.yes>a', 'a.no>z']);
  expect(codes(graph)).toEqual(['error loop-without-wait']);
});

test('two loops joined at a node that can wait are judged without it', () => {
  const graph = fakeGraph(
    [start, fakeNode('r', 'rest'), fakeNode('a', 'ask'), fakeNode('b', 'ask'), end],
    ['s.next>r', 'r.next>a', 'a.yes>r', 'a.no>b', 'b.yes>a', 'b.no>z'],
  );
  expect(check(graph)).toMatchObject([{ code: 'loop-without-wait', values: { nodes: 'a, b' } }]);
});

test('an id that stands twice is an error for nodes and for edges', () => {
  const graph = fakeGraph([start, end, end], ['s.next>z']);
  expect(codes(graph)).toContain('error duplicate-node-id');
  const [edge] = sound.edges;
  if (edge === undefined) throw new Error('the sound graph has edges');
  expect(codes({ ...sound, edges: [...sound.edges, { ...edge, port: 'other' }] })).toContain('error duplicate-edge-id');
});

test('a kind that is not installed, or in another version, is an error', () => {
  const graph = fakeGraph([start, fakeNode('n', 'nowhere'), end], ['s.next>n', 'n.x>z']);
  expect(check(graph)).toEqual([{ code: 'unknown-kind', severity: 'error', node: 'n', values: { kind: 'nowhere' } }]);
  const old = fakeGraph([start, { ...fakeNode('a', 'ask'), kindVersion: 1 }, end], ['s.next>a', 'a.yes>z']);
  expect(check(old)).toEqual([
    { code: 'unknown-kind-version', severity: 'error', node: 'a', values: { version: 1, installed: 2 } },
  ]);
});

test('the check of a kind is asked only where the params fit the schema, and its problems get the node', () => {
  const loud = fakeGraph([start, fakeNode('a', 'ask', { word: 'A' }), end], ['s.next>a', 'a.yes>z', 'a.no>z']);
  expect(check(loud)).toEqual([
    { code: 'ask:loud', severity: 'error', node: 'a', param: '/word', values: { word: 'A' } },
  ]);
});

test('[COND-2] a condition that its type does not allow is an error at its place, of the node that holds it', () => {
  const when = { op: 'all', of: [{ op: 'attribute', name: 'city', is: { operator: 'greaterThan', value: 3 } }] };
  const graph = fakeGraph([start, fakeNode('a', 'ask', { when }), end], ['s.next>a', 'a.yes>z', 'a.no>z']);
  expect(check(graph, { attributes: new Map([['city', 'string']]), events: new Set() })).toMatchObject([
    { code: 'condition:operator-type', severity: 'error', node: 'a', param: '/when/of/0/is' },
  ]);
});

test('[COND-5] a name never seen in a condition is a warning, and does not keep from publishing', () => {
  const when = { op: 'attribute', name: 'city', is: { operator: 'exists' } };
  const graph = fakeGraph([start, fakeNode('a', 'ask', { when }), end], ['s.next>a', 'a.yes>z', 'a.no>z']);
  const problems = check(graph);
  expect(problems).toMatchObject([{ code: 'condition:attribute-unknown', severity: 'warning', node: 'a' }]);
  expect(hasErrors(problems)).toBe(false);
});

test('more nodes than a graph may have is one problem', () => {
  const nodes = Array.from({ length: 1001 }, (_, i) => fakeNode(`n${i}`, 'end'));
  expect(check(fakeGraph(nodes, []))).toContainEqual({
    code: 'too-many-nodes',
    severity: 'error',
    values: { count: 1001, limit: 1000 },
  });
});

test('a measurement with a value but no conversion or currency is an error; an event not seen yet is a warning', () => {
  const measured = { ...sound, measurement: { valueProperty: 'spend', clickEvent: 'Visited', windowMs: 86_400_000 } };
  const problems = check(measured, { attributes: new Map(), events: new Set(['Order Completed']) });
  expect(problems).toEqual([
    { code: 'measurement-value-without-conversion', severity: 'error' },
    { code: 'measurement-currency-missing', severity: 'error' },
    { code: 'measurement-event-unseen', severity: 'warning', values: { event: 'Visited' } },
  ]);
});

test('[EDIT-3] a node that is switched off may be half done, but people must be able to pass it', () => {
  const off = { ...fakeNode('a', 'step', { odd: 1 }), isDisabled: true as const };
  expect(codes(fakeGraph([start, off, end], ['s.next>a', 'a.next>z']))).toEqual([]);
  expect(codes(fakeGraph([start, off, end], ['s.next>a']))).toEqual(['warning unreachable-node', 'error open-port']);
});

test('[EDIT-3] a trigger, an end and a split without a way to pass by are not switched off', () => {
  const off = (id: string, kind: string) => ({ ...fakeNode(id, kind), isDisabled: true as const });
  expect(codes(fakeGraph([off('s', 'start'), end], ['s.next>z']))).toEqual(['error disabled-trigger']);
  expect(codes(fakeGraph([start, off('z', 'end')], ['s.next>z']))).toEqual(['error disabled-end']);
  const split = fakeGraph([start, off('a', 'ask'), end], ['s.next>a', 'a.yes>z', 'a.no>z']);
  expect(codes(split)).toEqual(['error disabled-split']);
  const passing = new Map([...fakeManifests].map(([kind, manifest]) => [kind, { ...manifest, passBy: 'yes' }]));
  const parallel = new Map(
    [...fakeManifests].map(([kind, manifest]) => [kind, { ...manifest, strands: 'fork' as const }]),
  );
  expect(checkGraph(split, parallel, CONTEXT).map(({ code }) => code)).toContain('disabled-strands');
  const open = fakeGraph([start, off('a', 'ask'), end], ['s.next>a', 'a.yes>z']);
  expect(checkGraph(open, passing, CONTEXT)).toEqual([]);
});

test('a wait that is switched off does not break a loop', () => {
  const off = { ...fakeNode('r', 'rest'), isDisabled: true as const };
  const graph = fakeGraph([start, fakeNode('a', 'ask'), off, end], ['s.next>a', 'a.yes>r', 'r.next>a', 'a.no>z']);
  expect(codes(graph)).toEqual(['error loop-without-wait']);
});
