import { defineHandler } from '@sluice/shared/node-contract';
import { parallel } from './parallel.node.ts';

export const parallelHandler = defineHandler(parallel, {
  enter: ({ params }) => ({
    kind: 'fork',
    ports: params.branches.map(({ key }) => key),
    reason: { code: 'parallel:forked', values: { count: params.branches.length } },
  }),
});
