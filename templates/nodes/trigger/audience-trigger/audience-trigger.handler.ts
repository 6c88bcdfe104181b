import { defineHandler } from '@sluice/shared/node-contract';
import { audienceTrigger } from './audience-trigger.node.ts';

export const audienceTriggerHandler = defineHandler(audienceTrigger, {
  enter: ({ params }) => ({
    kind: 'advance',
    port: 'next',
    reason: { code: `audience-trigger:${params.change}` },
  }),
});
