import { defineHandler } from '@sluice/shared/node-contract';
import { schedule } from './schedule.node.ts';

/** The enrolment has chosen who enters; the step only records that it did. */
export const scheduleHandler = defineHandler(schedule, {
  enter: () => ({ kind: 'advance', port: 'next', reason: { code: 'schedule:entered' } }),
});
