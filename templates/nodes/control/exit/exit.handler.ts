import { defineHandler } from '@sluice/shared/node-contract';
import { exit } from './exit.node.ts';

export const exitHandler = defineHandler(exit, {
  enter: ({ params }) => ({
    kind: 'exit',
    reason:
      params.reason.trim() === ''
        ? { code: 'exit:end' }
        : { code: 'exit:reason', values: { reason: params.reason.trim() } },
  }),
});
