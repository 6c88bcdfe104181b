import { defineHandler, type Outcome, type ParamsOf, type StepContext, zoneOf } from '@sluice/shared/node-contract';
import { nextOpening } from '@sluice/shared/time';
import { sendingWindow } from './sending-window.node.ts';

type Context = StepContext<ParamsOf<typeof sendingWindow>>;

export const sendingWindowHandler = defineHandler(sendingWindow, {
  enter: (context) => pass(context, 'sending-window:open'),
  // Whoever is woken late, after a stop for instance, may find the window shut again.
  resume: (context) => pass(context, 'sending-window:opened'),
});

function pass(context: Context, openReason: string): Outcome<'next'> {
  const { now, params } = context;
  const { windows, closedOn = [] } = params;
  const opening = nextOpening({ windows, closedOn, isQuiet: params.mode === 'quiet' }, zoneOf(context), now);
  // `check` keeps hours that never open from being published.
  if (opening === undefined) throw new Error('sending-window: these hours never open');
  if (opening <= now) return { kind: 'advance', port: 'next', reason: { code: openReason } };
  return { kind: 'wait', untilAt: opening, reason: { code: 'sending-window:shut' } };
}
