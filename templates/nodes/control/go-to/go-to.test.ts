import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { goToHandler } from './go-to.handler.ts';

test('a run goes back as often as it may, then on', () => {
  const ports = [1, 2, 3, 4].map((visits) => {
    const outcome = goToHandler.enter(fakeStepContext({ params: { times: 2 }, visits }));
    return 'port' in outcome && outcome.port;
  });
  expect(ports).toEqual(['again', 'again', 'done', 'done']);
});
