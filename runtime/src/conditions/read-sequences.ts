import {
  type EvaluationInstant,
  type EventNeed,
  eventNamesOf,
  type PastEvent,
  propertyOf,
  spanOfWindow,
} from '@sluice/shared/condition';
import type { Collection } from 'mongodb';
import type { EventRecord } from '../ingest/event-record.ts';
import type { StoredValue } from '../profiles/profile-record.ts';
import { toAttributes } from '../profiles/profile-facts.ts';

/** Profiles whose events are in memory at once. */
const CHUNK = 1000;

/**
 * The events that a need with a sequence looks at, profile by profile, for the reference reading to judge: which of several
 * events followed which is no question that the store can answer by an index. Runs on the index profileId, name, at; asks
 * only for what the need names. Profiles without such events are not answered.
 */
export async function* readSequences(
  events: Collection<EventRecord>,
  need: EventNeed,
  profileIds: readonly string[],
  instant: EvaluationInstant,
  options: { enteredAt?: number | undefined; maxTimeMs?: number | undefined } = {},
): AsyncGenerator<{ profileId: string; events: PastEvent[] }> {
  const span = spanOfWindow(need.window, instant, options.enteredAt);
  if (!span) return;
  const properties = propertiesOf(need).map((name) => [`properties.${name}`, 1] as const);
  const projection = Object.fromEntries([['profileId', 1], ['name', 1], ['at', 1], ...properties]);
  // Also what is dated ahead of now: with it the answer changes.
  const since = Number.isFinite(span.after) ? { at: { $gt: new Date(Math.min(span.after, instant.now)) } } : {};
  for (let from = 0; from < profileIds.length; from += CHUNK) {
    const asked = {
      profileId: { $in: profileIds.slice(from, from + CHUNK) },
      name: { $in: eventNamesOf(need) },
      ...since,
    };
    const found = new Map<string, ReadEvent[]>();
    const cursor = events
      .find(asked)
      .project<Read>(projection)
      .maxTimeMS(options.maxTimeMs ?? 0);
    for await (const { _id: id, profileId, name, at, properties: held = {} } of cursor) {
      const own = found.get(profileId) ?? [];
      own.push({ id, name, at: at.getTime(), properties: toAttributes(held) });
      found.set(profileId, own);
    }
    // As the aggregation has it: what happened at one instant is in the order of ids.
    for (const [profileId, own] of found) yield { profileId, events: own.toSorted(byInstant) };
  }
}

type ReadEvent = PastEvent & { id: string };

function byInstant(a: ReadEvent, b: ReadEvent): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

type Read = Pick<EventRecord, '_id' | 'profileId' | 'name' | 'at'> & { properties?: Record<string, StoredValue> };

function propertiesOf({ where = [], followedBy = [], measure }: EventNeed): string[] {
  const filters = [where, ...followedBy.map((step) => step.where ?? [])].flat().map(({ property }) => property);
  return [...new Set([...filters, propertyOf(measure) ?? []].flat())];
}
