import { drawPicture, faultOf, groupOf, instantiate } from '@sluice/shared/flow-template';
import { checkGraph, describeProblem, Graph, type Problem } from '@sluice/shared/graph';
import { CaseContent } from '@sluice/shared/http-api';
import { LOCALES } from '@sluice/shared/model';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { manifests } from '../nodes/manifests.ts';
import { readyFlows } from './index.ts';

const FACTS = { attributes: new Map<string, string>(), events: new Set<string>() };
const isGraph = Compile(Graph);
const isCase = Compile(CaseContent);
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

test('ready-made flows have different ids and names', () => {
  for (const key of [
    ...LOCALES.map((locale) => readyFlows.map(({ texts }) => texts[locale].name)),
    readyFlows.map(({ id }) => id),
  ])
    expect(new Set(key).size).toBe(key.length);
});

/** What somebody who uses the template is asked for anyway, since it has no default that could be right for all. */
function isAskedFor(problem: Problem, { exposed = [] }: Graph): boolean {
  return exposed.some(({ places }) =>
    places.some(({ node, pointer }) => node === problem.node && pointer === problem.param),
  );
}

describe.each(readyFlows)('$id', ({ texts, graph, cases }) => {
  test.each(LOCALES)('its graph in %s can be published as it is, but for what it asks for', (locale) => {
    expect([...isGraph.Errors(graph[locale])]).toEqual([]);
    // Names that no data has been seen for yet are worth a look, and nothing else is.
    const problems = checkGraph(graph[locale], manifests, FACTS).filter(
      (problem) => !/^condition:(attribute|event)-unknown$/.test(problem.code) && !isAskedFor(problem, graph[locale]),
    );
    expect(problems.map((problem) => describeProblem(problem, graph[locale], manifests, locale))).toEqual([]);
  });

  test('[TPL-1] what it asks for stands in it, once each, and its defaults change nothing', () => {
    for (const locale of LOCALES) {
      const { exposed = [], ...bare } = graph[locale];
      expect(exposed.filter((param) => faultOf(param, graph[locale], manifests) !== undefined)).toEqual([]);
      expect(new Set(exposed.map(({ id }) => id)).size).toBe(exposed.length);
      expect(exposed.length).toBeGreaterThan(2);
      for (const param of exposed) expect(groupOf(param, graph[locale], manifests)).toBeDefined();
      for (const { label, help } of exposed) {
        expect(isChinese(label['zh-CN']) && (help === undefined || isChinese(help['zh-CN']))).toBe(true);
        expect(isChinese(label['en-US'] + (help?.['en-US'] ?? ''))).toBe(false);
      }
      const origin = { template: 'x1', version: '1.0.0', locale, answers: {} };
      expect(instantiate(graph[locale], origin, manifests)).toEqual({ ...bare, origin });
    }
  });

  test('its picture shows every node and every edge', () => {
    for (const locale of LOCALES) {
      const picture = drawPicture(graph[locale], manifests, locale);
      expect(picture.match(/<g/g)).toHaveLength(graph[locale].nodes.length);
      expect(picture.match(/<path/g)).toHaveLength(graph[locale].edges.length);
    }
  });

  test('it says in both languages why and for whom it is, and brings cases', () => {
    for (const locale of LOCALES) {
      for (const text of Object.values(texts[locale])) expect(text.length).toBeGreaterThan(3);
      expect(isChinese(Object.values(texts[locale]).join(''))).toBe(locale === 'zh-CN');
      expect(cases[locale].flatMap((one) => [...isCase.Errors(one)])).toEqual([]);
    }
    expect(cases['en-US'].length).toBeGreaterThan(1);
    expect(cases['zh-CN'].map(({ scenario }) => scenario)).toEqual(cases['en-US'].map(({ scenario }) => scenario));
  });

  test('it is the same flow in each language, with other words', () => {
    const shape = (locale: (typeof LOCALES)[number]) => ({
      nodes: graph[locale].nodes.map(({ id, kind, position }) => ({ id, kind, position })),
      edges: graph[locale].edges,
    });
    expect(shape('zh-CN')).toEqual(shape('en-US'));
    expect(isChinese(texts['zh-CN'].name) && isChinese(texts['zh-CN'].description)).toBe(true);
    expect(isChinese(texts['en-US'].name + texts['en-US'].description)).toBe(false);
    for (const { kind, params } of graph['zh-CN'].nodes.filter((node) => node.kind === 'email'))
      expect([kind, isChinese(String(params.subject)), isChinese(String(params.body))]).toEqual([kind, true, true]);
  });

  test('no two nodes lie on each other', () => {
    const places = graph['en-US'].nodes.map(({ position }) => `${position.x}/${position.y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
