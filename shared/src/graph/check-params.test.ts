import { expect, test } from 'vitest';
import type { AnyManifest } from '../node-contract/manifest.ts';
import { checkParams, isDeeperThan } from './check-params.ts';
import { fakeManifests, fakeNode } from './graph.fake.ts';

function findings(params: Record<string, unknown>) {
  const manifest: AnyManifest | undefined = fakeManifests.get('ask');
  if (manifest === undefined) throw new Error('no such kind');
  return checkParams({ ...fakeNode('a', 'ask'), params }, manifest).map(({ code, param, values }) => [
    code,
    param,
    values?.limit,
  ]);
}

test('sound params have no problems', () => {
  expect(findings({ word: 'abc', parts: [{ share: 3 }] })).toEqual([]);
});

test('each wrong place is named once by its pointer, with the limit it breaks', () => {
  expect(findings({ word: 'abcdef' })).toEqual([['param-too-long', '/word', 5]]);
  expect(findings({ word: 'a', parts: [{ share: 3 }, { share: 11 }, { share: -1 }] })).toEqual([
    ['param-too-large', '/parts/1/share', 10],
    ['param-too-small', '/parts/2/share', 0],
  ]);
  expect(findings({ word: 'a', parts: [1, 2, 3, 4].map(() => ({ share: 1 })) })).toEqual([
    ['param-too-many', '/parts', 3],
  ]);
});

test('an absent and an empty param both ask to be filled in', () => {
  expect(findings({})).toEqual([['param-missing', '/word', undefined]]);
  expect(findings({ word: '' })).toMatchObject([['param-missing', '/word', 1]]);
});

test('a param the kind does not know is refused by name, whatever the name', () => {
  expect(findings({ word: 'a', 'x/y~z': 1 })).toEqual([['param-unknown', '/x~1y~0z', undefined]]);
});

test('a broken condition is named as a whole, wherever it is broken', () => {
  const when = { op: 'all', of: [{ op: 'not', of: { op: 'attribute', name: 'age' } }] };
  expect(findings({ word: 'a', when })).toEqual([['param-condition', '/when', undefined]]);
});

test('params nested beyond any sense are refused before anything walks them', () => {
  let when: unknown = { op: 'all', of: [] };
  for (let i = 0; i < 5000; i += 1) when = { op: 'not', of: when };
  expect(findings({ word: 'a', when })).toEqual([['params-too-deep', undefined, undefined]]);
});

test('depth counts objects and lists, and a scalar has none', () => {
  expect(isDeeperThan('text', 0)).toBe(false);
  expect(isDeeperThan({ a: [1] }, 2)).toBe(false);
  expect(isDeeperThan({ a: [[]] }, 2)).toBe(true);
});
