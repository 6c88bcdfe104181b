import type { PropertyFilter } from '@sluice/shared/condition';
import {
  type Await,
  defineHandler,
  type EventFacts,
  type Outcome,
  type ParamsOf,
  type PropertyValue,
  type StepContext,
} from '@sluice/shared/node-contract';
import { ALL, TIMEOUT, waitForEvent } from './wait-for-event.node.ts';

type Params = ParamsOf<typeof waitForEvent>;
type Awaited = Params['events'][number];

/** What a wait for several events keeps: which have happened, and when the time is over (Unix milliseconds). */
const SEEN = 'seen';
const UNTIL = 'until';

export const waitForEventHandler = defineHandler(waitForEvent, {
  enter: async (context) => {
    const { params, now } = context;
    const unkeyed = params.events.find(({ on }) => on.same && ownValueOf(on.same.of, context.firstEvent) === undefined);
    // An event that is to equal something which this run does not have will never come.
    if (unkeyed?.on.same) return leave(TIMEOUT, 'no-key', { property: unkeyed.on.same.of, event: unkeyed.on.event });
    const seen = params.since === 'entry' ? await lookBack(context) : [];
    return goOn(context, seen, now + params.timeoutMs);
  },
  resume: (context, signal) => {
    if (signal.kind !== 'event') return leave(TIMEOUT, 'time-over');
    const { memory, now, params } = context;
    const until = memory[UNTIL];
    const before = Array.isArray(memory[SEEN]) ? memory[SEEN].map(String) : [];
    return goOn(context, [...before, signal.await], typeof until === 'number' ? until : now + params.timeoutMs);
  },
});

/** Leaves where enough has happened, else waits for what is missing. */
function goOn(context: StepContext<Params>, seen: readonly string[], until: number): Outcome {
  const { events, need } = context.params;
  const missing = events.filter(({ key }) => !seen.includes(key));
  const happened = events.find(({ key }) => key === seen[0]);
  if (need === 'any' && happened) return leave(happened.key, 'happened', { event: happened.on.event.trim() });
  if (missing.length === 0) return leave(ALL, 'all-happened', { count: events.length });
  return {
    kind: 'wait',
    untilAt: until,
    awaits: missing.map((one) => toAwait(one, context.firstEvent)),
    memory: { [UNTIL]: until, ...(seen.length > 0 && { [SEEN]: [...seen] }) },
    reason: { code: 'wait-for-event:waiting', values: { count: missing.length } },
  };
}

function leave(port: string, code: string, values?: Record<string, string | number>): Outcome {
  return { kind: 'advance', port, reason: { code: `wait-for-event:${code}`, ...(values && { values }) } };
}

/** Keys of what has happened since the run entered; the first of the list counts first, since no order is known. */
async function lookBack({ params, run, firstEvent, pastEvent }: StepContext<Params>): Promise<string[]> {
  const found = await Promise.all(
    params.events.map(({ on }) => pastEvent(on.event.trim(), on.where ?? ANY, run.enteredAt, sameAs(on, firstEvent))),
  );
  return params.events.flatMap(({ key }, index) => {
    const event = found[index];
    // What made the run enter is not what it then waits for.
    return event && event.id !== firstEvent?.id ? [key] : [];
  });
}

/** One object, so that the runs of a batch are known to ask the same. */
const ANY: readonly PropertyFilter[] = [];

function toAwait({ key, on }: Awaited, firstEvent: EventFacts | undefined): Await {
  const same = sameAs(on, firstEvent);
  const where = [
    ...(on.where ?? []),
    ...(same ? [{ property: same.property, is: { operator: 'equals' as const, value: same.value } }] : []),
  ];
  return { id: key, kind: 'event', event: on.event.trim(), ...(where.length > 0 && { where }) };
}

function sameAs({ same }: Awaited['on'], firstEvent: EventFacts | undefined): PropertyValue | undefined {
  const value = same && ownValueOf(same.of, firstEvent);
  return same && value !== undefined ? { property: same.property, value } : undefined;
}

function ownValueOf(property: string, event: EventFacts | undefined): PropertyValue['value'] | undefined {
  const value = event && Object.hasOwn(event.properties, property) ? event.properties[property] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
