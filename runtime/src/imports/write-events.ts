import { createAliases } from '../identities/aliases.ts';
import { eventIdOf } from '../ingest/event-log.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { insertNew } from '../stores/insert-new.ts';
import { followEvents } from './follow-events.ts';
import type { ImportTarget, TargetDeps, Writing } from './import-target.ts';
import { newProfile } from './write-profiles.ts';

const BATCH = 1000;

/**
 * Rows as events of their users. They are history (IMP-5): conditions and audiences count them, but they start no flow and
 * end no wait. Users that are not known become profiles.
 */
export function createEventTarget(deps: TargetDeps, { importId, startedAt, journal }: Writing): ImportTarget {
  const stored = deps.database.collection(events);
  const storedProfiles = deps.database.collection(profiles);
  const aliases = createAliases(deps);

  return {
    batch: BATCH,
    async write(rows, firstRow) {
      if (rows.length === 0) return [];
      const userIds = new Map(rows.map(({ userId }) => [profileIdOf({ userId }), userId]));
      const merged = await aliases.of(userIds.keys());
      const idOf = (userId: string) => {
        const own = profileIdOf({ userId });
        return merged.get(own) ?? own;
      };
      const receivedAt = new Date(deps.clock.now());
      const records = rows.flatMap(({ userId, number, attributes, event }): EventRecord[] =>
        event
          ? [
              {
                _id: eventIdOfRow(importId, number),
                profileId: idOf(userId),
                name: event.name,
                properties: attributes,
                at: event.at,
                receivedAt,
              },
            ]
          : [],
      );
      const touched = distinct(records);
      const known = await storedProfiles
        .find({ _id: { $in: [...new Set(touched.map(({ profileId }) => profileId))] } })
        .project<{ _id: string }>({ _id: 1 })
        .toArray();
      const knownIds = new Set(known.map(({ _id }) => _id));
      const news = [...userIds].filter(([id]) => !merged.has(id) && !knownIds.has(id));
      await journal.note(firstRow, 0, {
        created: news.map(([id]) => id),
        events: { from: firstRow, to: rows.at(-1)?.number ?? firstRow, count: records.length, touched },
      });
      const marker = await deps.upkeep.marker();
      // Profiles first: whoever looks at an event finds the profile there.
      await insertNew(
        storedProfiles,
        news.map(([id, userId]) => newProfile({ id, userId, attributes: {} }, { importId, at: startedAt }, marker)),
      );
      if (news.length > 0) deps.upkeep.wake();
      await insertNew(stored, records);
      await followEvents(deps, touched);
      deps.dictionary.observe({ events: records, at: receivedAt });
      return [];
    },
  };
}

/** Derived, so that a batch done again is the same events, and an undo knows them. */
export function eventIdOfRow(importId: string, row: number): string {
  return eventIdOf(`import ${importId} ${row}`);
}

function distinct(records: readonly EventRecord[]): { profileId: string; name: string }[] {
  const found = new Map(records.map(({ profileId, name }) => [JSON.stringify([profileId, name]), { profileId, name }]));
  return [...found.values()];
}
