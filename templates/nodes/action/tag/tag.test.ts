import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { tagHandler } from './tag.handler.ts';
import { tag } from './tag.node.ts';

type Params = typeof tag.defaults;

const step = (params: Params) => tagHandler.enter(fakeStepContext({ params }));
const check = (params: Params, types: [string, string][] = []) =>
  tag.check?.(params, { attributes: new Map(types), events: new Set() }).map(({ code }) => code);

test('tags are added to the list, or removed from it, each once', () => {
  const params: Params = { action: 'add', tags: ['vip', 'new', 'vip'], attribute: 'tags' };
  expect(step(params)).toMatchObject({
    port: 'next',
    effects: [{ kind: 'update-profile', addToList: { tags: ['vip', 'new'] } }],
  });
  expect(step({ ...params, action: 'remove' })).toMatchObject({
    effects: [{ kind: 'update-profile', removeFromList: { tags: ['vip', 'new'] } }],
  });
});

test('no tags, and an attribute that is known to be no list, are errors', () => {
  expect(check(tag.defaults)).toEqual(['tag:tags-missing']);
  const params: Params = { action: 'add', tags: ['vip'], attribute: 'city' };
  expect(check(params, [['city', 'string']])).toEqual(['tag:not-a-list']);
  expect(check(params, [['city', 'list']])).toEqual([]);
  expect(check(params)).toEqual([]);
});
