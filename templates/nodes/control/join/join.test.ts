import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { joinHandler } from './join.handler.ts';

test('a strand asks to be joined with all others, or to go on as the first', () => {
  const enter = (need: 'all' | 'any') => joinHandler.enter(fakeStepContext({ params: { need } }));
  expect(enter('all')).toMatchObject({ kind: 'join', need: 'all', port: 'next' });
  expect(enter('any')).toMatchObject({ kind: 'join', need: 'any', port: 'next' });
});
