import { defineHandler, GOAL_AWAIT, type Outcome } from '@sluice/shared/node-contract';
import { goal } from './goal.node.ts';

export const goalHandler = defineHandler(goal, {
  enter: async ({ now, params: { on, timeoutMs, isEnd }, run, firstEvent, pastEvent }) => {
    const event = on.event.trim();
    const past = await pastEvent(event, on.where ?? ANY, run.enteredAt);
    // What made the run enter is not what it is to bring about.
    if (past && past.id !== firstEvent?.id) return reached(event, isEnd);
    return {
      kind: 'wait',
      untilAt: now + timeoutMs,
      awaits: [{ id: GOAL_AWAIT, kind: 'event', event, ...(on.where && { where: on.where }) }],
      reason: { code: 'goal:waiting', values: { event } },
    };
  },
  resume: ({ params: { on, isEnd } }, signal) =>
    signal.kind === 'event'
      ? reached(on.event.trim(), isEnd)
      : { kind: 'advance', port: 'missed', reason: { code: 'goal:missed' } },
});

/** One object, so that the runs of a batch are known to ask the same. */
const ANY = [] as const;

function reached(event: string, isEnd: boolean): Outcome<'reached' | 'missed'> {
  const reason = { code: 'goal:reached', values: { event } };
  return isEnd ? { kind: 'exit', isWholeRun: true, reason } : { kind: 'advance', port: 'reached', reason };
}
