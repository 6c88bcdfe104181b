import { defineHandler } from '@sluice/shared/node-contract';
import { delay } from './delay.node.ts';

export const delayHandler = defineHandler(delay, {
  enter: ({ now, params }) => ({ kind: 'wait', untilAt: now + params.durationMs, reason: { code: 'delay:waiting' } }),
  resume: () => ({ kind: 'advance', port: 'next', reason: { code: 'delay:over' } }),
});
