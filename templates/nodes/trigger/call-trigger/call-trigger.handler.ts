import { defineHandler } from '@sluice/shared/node-contract';
import { callTrigger } from './call-trigger.node.ts';

export const callTriggerHandler = defineHandler(callTrigger, {
  enter: () => ({ kind: 'advance', port: 'next', reason: { code: 'call-trigger:called' } }),
});
