import { defineHandler } from '@sluice/shared/node-contract';
import { join } from './join.node.ts';

export const joinHandler = defineHandler(join, {
  enter: ({ params: { need } }) => ({ kind: 'join', need, port: 'next', reason: { code: `join:${need}` } }),
});
