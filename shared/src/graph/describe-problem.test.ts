import { expect, test } from 'vitest';
import { LOCALES } from '../model/locale.ts';
import { checkGraph } from './check-graph.ts';
import { describeNode, describeProblem } from './describe-problem.ts';
import { fakeGraph, fakeManifests, fakeNode } from './graph.fake.ts';
import type { Graph } from './graph.ts';
import { graphProblemTexts } from './texts.ts';

function sentences(graph: Graph, locale: 'en-US' | 'zh-CN' = 'en-US') {
  return checkGraph(graph, fakeManifests, { attributes: new Map(), events: new Set() }).map((problem) =>
    describeProblem(problem, graph, fakeManifests, locale),
  );
}

test('a param is named by its label, with the place in the list', () => {
  const graph = fakeGraph(
    [
      fakeNode('s', 'start'),
      fakeNode('a', 'ask', { word: 'x', parts: [{ share: 1 }, { share: 99 }] }),
      fakeNode('z', 'end'),
    ],
    ['s.next>a', 'a.yes>z', 'a.no>z'],
  );
  expect(sentences(graph)).toEqual(['“Parts 2 · Share” must be at most 10.']);
  expect(sentences(graph, 'zh-CN')).toEqual(['“部分 2 · 比例”不能大于 10。']);
});

test('a port is named as on the card', () => {
  const graph = fakeGraph(
    [fakeNode('s', 'start'), fakeNode('a', 'ask'), fakeNode('z', 'end')],
    ['s.next>a', 'a.yes>z'],
  );
  expect(sentences(graph)).toEqual(['The way out “No” leads nowhere. Connect it; to end there, use an exit.']);
});

test('a loop lists its nodes by the names on the canvas', () => {
  const graph = fakeGraph(
    [fakeNode('s', 'start'), { ...fakeNode('a', 'ask'), name: 'Bought?' }, fakeNode('b', 'step'), fakeNode('z', 'end')],
    ['s.next>a', 'a.yes>b', 'b.next>a', 'a.no>z'],
  );
  expect(sentences(graph).join()).toContain('Bought?, Step');
  expect(sentences(graph, 'zh-CN').join()).toContain('Bought?、步骤');
});

test('a kind brings the sentences of its own problems', () => {
  const graph = fakeGraph(
    [fakeNode('s', 'start'), fakeNode('a', 'ask', { word: 'HI' }), fakeNode('z', 'end')],
    ['s.next>a', 'a.yes>z', 'a.no>z'],
  );
  expect(sentences(graph)).toEqual(['Do not shout “HI”.']);
});

test('a problem in a condition reads in the words of conditions', () => {
  const when = { op: 'attribute', name: 'city', is: { operator: 'exists' } };
  const graph = fakeGraph(
    [fakeNode('s', 'start'), fakeNode('a', 'ask', { when }), fakeNode('z', 'end')],
    ['s.next>a', 'a.yes>z', 'a.no>z'],
  );
  expect(sentences(graph)).toEqual(['No profile has had an attribute city yet.']);
});

test('an unknown kind is named by its id', () => {
  expect(describeNode(fakeNode('n', 'nowhere'), fakeManifests, 'zh-CN')).toBe('nowhere');
});

test('every text has the same places to fill in each language', () => {
  const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();
  for (const [code, text] of Object.entries(graphProblemTexts['en-US']))
    for (const locale of LOCALES)
      expect([code, places(graphProblemTexts[locale][code as keyof (typeof graphProblemTexts)['en-US']])]).toEqual([
        code,
        places(text),
      ]);
});
