import { defineHandler } from '@sluice/shared/node-contract';
import { dateTrigger } from './date-trigger.node.ts';

export const dateTriggerHandler = defineHandler(dateTrigger, {
  enter: ({ params }) => ({
    kind: 'advance',
    port: 'next',
    reason: { code: 'date-trigger:came', values: { attribute: params.attribute } },
  }),
});
