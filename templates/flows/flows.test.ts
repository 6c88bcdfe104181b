import { checkGraph, describeProblem, Graph, hasErrors } from '@sluice/shared/graph';
import { LOCALES } from '@sluice/shared/model';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { manifests } from '../nodes/manifests.ts';
import { readyFlows } from './index.ts';

const FACTS = { attributes: new Map<string, string>(), events: new Set<string>() };
const isGraph = Compile(Graph);
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

test('ready-made flows have different ids and names', () => {
  for (const key of [
    ...LOCALES.map((locale) => readyFlows.map(({ texts }) => texts[locale].name)),
    readyFlows.map(({ id }) => id),
  ])
    expect(new Set(key).size).toBe(key.length);
});

describe.each(readyFlows)('$id', ({ texts, graph }) => {
  test.each(LOCALES)('its graph in %s can be published as it is', (locale) => {
    expect([...isGraph.Errors(graph[locale])]).toEqual([]);
    const problems = checkGraph(graph[locale], manifests, FACTS);
    expect(problems.map((problem) => describeProblem(problem, graph[locale], manifests, locale))).toEqual(
      // Names that no data has been seen for yet are worth a look, and nothing else is.
      problems
        .filter(({ code }) => /^condition:(attribute|event)-unknown$/.test(code))
        .map((problem) => describeProblem(problem, graph[locale], manifests, locale)),
    );
    expect(hasErrors(problems)).toBe(false);
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
