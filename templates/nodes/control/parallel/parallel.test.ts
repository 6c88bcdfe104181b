import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { parallelHandler } from './parallel.handler.ts';
import { parallel } from './parallel.node.ts';

const branches = [
  { key: 'mail', name: 'Mail' },
  { key: 'wait', name: 'Wait' },
  { key: 'tag', name: 'Tag' },
];
const facts = { attributes: new Map<string, string>(), events: new Set<string>() };

test('a run goes on by every branch', () => {
  expect(parallelHandler.enter(fakeStepContext({ params: { branches } }))).toMatchObject({
    kind: 'fork',
    ports: ['mail', 'wait', 'tag'],
  });
});

test('two branches of one key are an error at the second', () => {
  const twice = [...branches, { key: 'mail', name: 'Mail again' }];
  expect(parallel.check?.({ branches: twice }, facts)).toMatchObject([
    { code: 'parallel:key-twice', param: '/branches/3/key' },
  ]);
  expect(parallel.check?.({ branches }, facts)).toEqual([]);
});
