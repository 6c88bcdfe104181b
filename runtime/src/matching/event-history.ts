import type { EventHistory } from '../executor/world.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import type { Database } from '../stores/database.ts';
import { toEventFacts } from './event-consumer.ts';
import { compileWhere } from './match-awaits.ts';

/** Past events from the store: one query for all profiles of a batch, on the index profileId, name, at. */
export function createEventHistory({ database }: { database: Database }): EventHistory {
  const stored = database.collection(events);
  return {
    async latest(name, where, asked, instant) {
      const earliest = Math.min(...asked.map(({ since }) => since));
      const found = await stored
        .find({
          profileId: { $in: [...new Set(asked.map(({ profileId }) => profileId))] },
          name,
          at: { $gte: new Date(earliest), $lte: new Date(instant.now) },
        })
        .sort({ at: -1 })
        .toArray();
      const eventsOf = Map.groupBy(found, ({ profileId }: EventRecord) => profileId);
      const passes = compileWhere(where, instant);
      return asked.map(({ profileId, since, same }) => {
        for (const event of eventsOf.get(profileId) ?? []) {
          const facts = toEventFacts(event);
          if (facts.at < since) return undefined;
          if (same && facts.properties[same.property] !== same.value) continue;
          if (passes(facts.properties)) return facts;
        }
        return undefined;
      });
    },
  };
}
