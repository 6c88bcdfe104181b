import { describe, expect, test } from 'vitest';
import { fakeGraph, fakeManifests, fakeNode } from '../graph/graph.fake.ts';
import type { Answers } from '../graph/exposed-param.ts';
import type { Graph } from '../graph/graph.ts';
import { instantiate } from './instantiate.ts';
import { readForm, refillFlow } from './refill.ts';

const label = { 'en-US': 'Word', 'zh-CN': '词' };
const template: Graph = {
  ...fakeGraph(
    [
      fakeNode('start', 'start'),
      fakeNode('ask', 'ask', { word: 'a' }),
      fakeNode('mail', 'step', { body: 'SHOP for ADULTS', subject: 'SHOP' }),
    ],
    ['start.next>ask', 'ask.yes>mail'],
  ),
  exposed: [
    { id: 'word', label, places: [{ node: 'ask', pointer: '/word' }] },
    {
      id: 'brand',
      label,
      places: [
        { node: 'mail', pointer: '/body', part: 'SHOP' },
        { node: 'mail', pointer: '/subject', part: 'SHOP' },
      ],
    },
    { id: 'whom', label, places: [{ node: 'mail', pointer: '/body', part: 'ADULTS' }] },
    { id: 'window', label, places: [{ pointer: '/windowMs' }] },
  ],
};
const originOf = (answers: Answers) => ({ template: 'any', version: '1.0.0', locale: 'en-US' as const, answers });
const make = (answers: Answers) => instantiate(template, originOf(answers), fakeManifests);
const read = (flow: Graph) => readForm(flow, template, flow.origin ?? originOf({}), fakeManifests);
const refill = (flow: Graph, wanted: Answers) =>
  refillFlow(flow, template, flow.origin ?? originOf({}), wanted, fakeManifests);
const paramsOf = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.params;
const change = (graph: Graph, id: string, params: object): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, ...params } } : node)),
});

describe('[TPL-7] the form of a template, opened again', () => {
  test('holds what was answered, and gives the same flow when nothing is changed', () => {
    const answers = { word: 'b', brand: 'Tea & Co', window: 3_600_000 };
    const flow = make(answers);
    expect(read(flow)).toEqual({ answers, changed: [], gone: [] });
    expect(refill(flow, answers)).toEqual({ graph: flow, kept: [] });
  });

  test('gives what the template gives with the new answers, where nothing was changed by hand', () => {
    const wanted = { word: 'c', brand: 'Tea', whom: 'everyone' };
    expect(refill(make({ word: 'b', window: 3_600_000 }), wanted).graph).toEqual({
      ...make(wanted),
      measurement: { windowMs: 14 * 86_400_000 },
    });
  });

  test('holds what was set on the canvas, says so, and lets it be set anew', () => {
    const flow = change(make({ word: 'b' }), 'ask', { word: 'by hand' });
    expect(read(flow)).toEqual({ answers: { word: 'by hand' }, changed: ['word'], gone: [] });
    expect(paramsOf(refill(flow, { word: 'z' }).graph, 'ask')).toEqual({ word: 'z' });
    expect(paramsOf(refill(flow, { word: 'by hand', window: 1 }).graph, 'ask')).toEqual({ word: 'by hand' });
  });

  test('leaves everything else as it was drawn', () => {
    const made = make({});
    const flow: Graph = {
      ...change(made, 'ask', { other: 1 }),
      nodes: [...change(made, 'ask', { other: 1 }).nodes, fakeNode('added', 'step')],
      edges: [...made.edges, { id: 'e9', from: 'mail', port: 'next', to: 'added' }],
    };
    const { graph } = refill(flow, { word: 'z' });
    expect(graph).toEqual({ ...change(flow, 'ask', { word: 'z' }), origin: originOf({ word: 'z' }) });
  });

  test('never writes over words that were rewritten by hand, and names what it kept', () => {
    const flow = change(make({ brand: 'Tea' }), 'mail', { body: 'All mine' });
    expect(read(flow).gone).toEqual(['whom']);
    const { graph, kept } = refill(flow, { brand: 'Coffee', whom: 'none' });
    expect(paramsOf(graph, 'mail')).toEqual({ body: 'All mine', subject: 'Coffee' });
    expect(kept).toEqual(['brand', 'whom']);
    expect(graph.origin?.answers).toEqual({ brand: 'Coffee' });
  });

  test('asks for nothing at a node that was deleted', () => {
    const made = make({});
    const flow = { ...made, nodes: made.nodes.filter(({ id }) => id !== 'ask') };
    expect(read(flow).gone).toEqual(['word']);
    expect(refill(flow, { word: 'z' })).toMatchObject({ kept: ['word'], graph: { origin: { answers: {} } } });
  });
});
