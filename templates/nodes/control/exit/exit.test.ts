import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { exitHandler } from './exit.handler.ts';
import { exit } from './exit.node.ts';

const leave = (reason: string) => exitHandler.enter(fakeStepContext({ params: { reason } }));

test("[RUN-10] a run ends with the operator's reason, or with the fact that it reached the exit", () => {
  expect(leave(' bought ')).toEqual({
    kind: 'exit',
    reason: { code: 'exit:reason', values: { reason: 'bought' } },
  });
  expect(leave('  ')).toEqual({ kind: 'exit', reason: { code: 'exit:end' } });
});

test('an exit has no way out', () => {
  expect(exit.ports({ reason: '' })).toEqual([]);
});
