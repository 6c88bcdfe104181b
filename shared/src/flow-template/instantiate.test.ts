import { describe, expect, test } from 'vitest';
import { fakeGraph, fakeManifests, fakeNode } from '../graph/graph.fake.ts';
import type { ExposedParam } from '../graph/exposed-param.ts';
import type { Graph } from '../graph/graph.ts';
import type { AnyManifest } from '../node-contract/manifest.ts';
import { drawPicture } from './draw-picture.ts';
import { drawThumbnail } from './draw-thumbnail.ts';
import { defaultOf, faultOf } from './exposed-values.ts';
import { instantiate } from './instantiate.ts';
import { readAt, writeAt } from './json-pointer.ts';
import { suggestStep } from './suggest-step.ts';
import { compareVersions, nextVersion } from './template-version.ts';

const label = { 'en-US': 'Word', 'zh-CN': '词' };
const exposed: ExposedParam[] = [
  { id: 'word', label, places: [{ node: 'ask', pointer: '/word' }] },
  {
    id: 'brand',
    label,
    places: [
      { node: 'mail', pointer: '/body', part: 'SHOP' },
      { node: 'mail', pointer: '/subject', part: 'SHOP' },
    ],
  },
  { id: 'window', label, places: [{ pointer: '/windowMs' }] },
];
const mail: AnyManifest = {
  ...(fakeManifests.get('step') as AnyManifest),
  kind: 'mail',
  hints: { body: { widget: 'mjml' } },
};
const manifests = new Map([...fakeManifests, ['mail', mail]]);
const template: Graph = {
  ...fakeGraph(
    [
      fakeNode('start', 'start'),
      fakeNode('ask', 'ask'),
      { ...fakeNode('mail', 'mail', { body: '<b>SHOP</b> of SHOP', subject: 'SHOP' }) },
    ],
    ['start.next>ask', 'ask.yes>mail'],
  ),
  exposed,
};
const made = (answers: Record<string, unknown>) =>
  instantiate(template, { template: 'any', version: '1.0.0', locale: 'en-US', answers }, manifests);
const paramsIn = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.params;

describe('[TPL-1] a flow made from a template', () => {
  test('has each answer in its places, and everything else as it was', () => {
    const graph = made({ word: 'b', window: 3_600_000, unknown: 1 });
    expect(paramsIn(graph, 'ask')).toEqual({ word: 'b' });
    expect(graph.measurement).toEqual({ windowMs: 3_600_000 });
    expect(paramsIn(graph, 'mail')).toBe(paramsIn(template, 'mail'));
    expect(graph).not.toHaveProperty('exposed');
    expect(graph.edges).toEqual(template.edges);
  });

  test('an answer that is a part of a text takes its place everywhere, in markup as text', () => {
    const params = paramsIn(made({ brand: 'A & <B> $&' }), 'mail');
    expect(params).toEqual({
      body: '<b>A &amp; &lt;B&gt; $&amp;</b> of A &amp; &lt;B&gt; $&amp;',
      subject: 'A & <B> $&',
    });
  });

  test('the default is what stands at the first place', () => {
    expect(exposed.map((param) => defaultOf(param, template))).toEqual(['a', 'SHOP', 14 * 86_400_000]);
  });

  test.each([
    [{ node: 'gone', pointer: '/x' }, 'node-gone'],
    [{ node: 'ask', pointer: '/parts/0/share' }, 'param-gone'],
    [{ node: 'ask', pointer: '/nothing' }, 'param-gone'],
    [{ node: 'mail', pointer: '/body', part: 'absent' }, 'part-gone'],
    // May be left out, and asked for all the same.
    [{ node: 'ask', pointer: '/when' }, undefined],
  ] as const)('asking for %j: %s', (place, fault) => {
    expect(faultOf({ id: 'x', label, places: [place] }, template, manifests)).toBe(fault);
  });
});

test('a pointer reaches only what is there, and never what objects inherit', () => {
  const value = { a: [{ 'b/c': 1 }], d: 2 };
  expect(readAt(value, '/a/0/b~1c')).toBe(1);
  expect(readAt(value, '/constructor/name')).toBeUndefined();
  expect(writeAt(value, '/a/0/b~1c', 5)).toEqual({ a: [{ 'b/c': 5 }], d: 2 });
  expect(writeAt(value, '/d', undefined)).toEqual({ a: value.a });
  expect(writeAt(value, '/__proto__', { evil: true })).toBe(value);
  expect(writeAt(value, '/x/y', 1)).toEqual(value);
  expect(writeAt(value, '/a/7', 1)).toEqual(value);
});

test('versions are ordered by their numbers', () => {
  expect(['1.10.0', '1.2.0', '1.2.10', '0.9.9'].toSorted(compareVersions)).toEqual([
    '0.9.9',
    '1.2.0',
    '1.2.10',
    '1.10.0',
  ]);
  expect(nextVersion('1.2.3', 'minor')).toBe('1.3.0');
});

test('the step to the next version follows from what answers would be lost', () => {
  expect(suggestStep(template, { ...template, exposed: exposed.slice(1) })).toBe('major');
  expect(suggestStep({ ...template, exposed: exposed.slice(1) }, template)).toBe('minor');
  expect(suggestStep(template, { ...template, nodes: template.nodes.slice(1) })).toBe('minor');
  expect(suggestStep(template, template)).toBe('patch');
});

test.each([drawPicture, drawThumbnail])('a picture holds what operators wrote as text: %o', (draw) => {
  const nodes = template.nodes.map((node) => ({ ...node, name: `<script>"${node.id}"</script>` }));
  const picture = draw({ ...template, nodes }, manifests, 'zh-CN');
  expect(picture).not.toContain('<script');
  expect(picture).toContain('&lt;script&gt;');
});

test('a thumbnail stands its nodes in columns and rows without gaps, each as a sign of its category', () => {
  const far = template.nodes.map((node, index) => ({
    ...node,
    position: { x: index * 4000, y: index === 0 ? 0 : 900 },
  }));
  const signs = [
    ...drawThumbnail({ ...template, nodes: far }, manifests, 'en-US').matchAll(/<rect x="(\d+)" y="(\d+)"/g),
  ];
  // The one between them is a condition, and no rectangle.
  expect(new Set(signs.map(([, x]) => x))).toEqual(new Set(['8', '136']));
  expect(new Set(signs.map(([, , y]) => y))).toEqual(new Set(['8', '54']));
});
