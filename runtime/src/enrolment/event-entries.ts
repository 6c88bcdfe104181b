import type { EventFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { ProfileSource } from '../executor/executor.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { type EventConsumer, isTimely, toEventFacts } from '../matching/event-consumer.ts';
import { compileWhere } from '../matching/match-awaits.ts';
import type { Admissions, Candidate } from './admission.ts';
import type { LiveTrigger, LiveTriggers, StartOf } from './live-triggers.ts';
import type { RefusalBook } from './refusals.ts';

/** Flows that take people in at the same time. */
const FLOWS_AT_ONCE = 32;

type EventTrigger = LiveTrigger<StartOf<'event'>>;

/**
 * Starts runs on events: one enrolment per trigger and batch. An event is looked at only by the triggers of its name, so
 * that those of other events cost it nothing.
 */
export function createEventEntries(deps: {
  triggers: LiveTriggers;
  admissions: Admissions;
  profiles: ProfileSource;
  refusals: RefusalBook;
  clock: Clock;
  timeZone: string;
}): EventConsumer {
  return {
    async consume(batch) {
      const index = await deps.triggers.current();
      const meant = new Map<EventTrigger, EventRecord[]>();
      for (const event of batch)
        for (const trigger of index.onEvent(event.name)) {
          if (event.receivedAt.getTime() < trigger.since) continue;
          const events = meant.get(trigger);
          if (events) events.push(event);
          else meant.set(trigger, [event]);
        }
      if (meant.size === 0) return;
      const profileIds = new Set([...meant.values()].flatMap((events) => events.map(({ profileId }) => profileId)));
      const profiles = await deps.profiles.facts([...profileIds]);
      // Flows do not wait for each other: the store commits together what arrives together. Triggers of one flow do, since
      // a rule of re-entry must see who has just come in by the other.
      const flows = Map.groupBy(meant, ([{ program }]) => program.flowId).values();
      const lane = async () => {
        for (const triggers of flows) for (const [trigger, events] of triggers) await start(trigger, events, profiles);
      };
      await Promise.all(Array.from({ length: FLOWS_AT_ONCE }, lane));
    },
  };

  async function start(
    trigger: EventTrigger,
    events: readonly EventRecord[],
    profiles: Awaited<ReturnType<ProfileSource['facts']>>,
  ): Promise<void> {
    const { program, node, plan } = trigger;
    const passes = compileWhere(plan.start.where, { now: deps.clock.now(), timeZone: deps.timeZone });
    const candidates: Candidate[] = [];
    const turnedAway: { profileId: string; reason: 'late-event' | 'profile-gone' }[] = [];
    for (const record of events) {
      const event = toEventFacts(record);
      if (!passes(event.properties)) continue;
      const { profileId } = record;
      const profile = profiles.get(profileId);
      if (!isTimely(record)) turnedAway.push({ profileId, reason: 'late-event' });
      else if (!profile) turnedAway.push({ profileId, reason: 'profile-gone' });
      else
        candidates.push({
          profile,
          event,
          occasion: { id: record._id, at: record.receivedAt.getTime(), ...keyIn(event, plan.start.key) },
        });
    }
    await deps.admissions.admit({ program, trigger: node, plan }, candidates);
    await deps.refusals.add(program.flowId, node, turnedAway);
  }
}

/** The key that an event carries; a property that is no plain value is none. */
export function keyIn({ properties }: Pick<EventFacts, 'properties'>, property: string | undefined): { key?: string } {
  const value = property !== undefined && Object.hasOwn(properties, property) ? properties[property] : undefined;
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain && value !== '' ? { key: String(value) } : {};
}
