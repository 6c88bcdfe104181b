import { defineHandler, type Outcome, type ParamsOf, type StepContext } from '@sluice/shared/node-contract';
import { throttle } from './throttle.node.ts';

type Context = StepContext<ParamsOf<typeof throttle>>;

/**
 * A place in line says when to ask; the gate says whether to pass. A place alone would not do: after a standstill all
 * whose turn had come would pass in one burst.
 */
export const throttleHandler = defineHandler(throttle, {
  enter: async (context) => {
    const turnAt = await context.reserveSlot(context.params.perMinute);
    return turnAt > context.now ? waitUntil(turnAt) : passOrQueue(context);
  },
  resume: (context) => passOrQueue(context),
});

async function passOrQueue(context: Context): Promise<Outcome<'next'>> {
  const { perMinute } = context.params;
  if (await context.passGate(perMinute)) return { kind: 'advance', port: 'next', reason: { code: 'throttle:passed' } };
  const turnAt = await context.reserveSlot(perMinute);
  // The line may be empty while the gate is still busy with those who stood in it.
  return waitUntil(Math.max(turnAt, context.now + 60_000 / perMinute));
}

function waitUntil(untilAt: number): Outcome<'next'> {
  return { kind: 'wait', untilAt: Math.ceil(untilAt), reason: { code: 'throttle:waiting' } };
}
