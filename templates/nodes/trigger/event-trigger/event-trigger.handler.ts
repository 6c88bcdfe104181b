import { defineHandler } from '@sluice/shared/node-contract';
import { eventTrigger } from './event-trigger.node.ts';

export const eventTriggerHandler = defineHandler(eventTrigger, {
  enter: ({ event, params }) => ({
    kind: 'advance',
    port: 'next',
    reason: { code: 'event-trigger:happened', values: { event: event?.name ?? params.event } },
  }),
});
