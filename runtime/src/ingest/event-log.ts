import { hash } from 'node:crypto';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { createAliases } from '../identities/aliases.ts';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { type EventRecord, events } from './event-record.ts';
import { unmatchedEvents } from './unmatched-record.ts';

export interface NewEvent {
  profileId: string;
  name: string;
  properties: Record<string, unknown>;
  at: Date;
  /** The same id is the same event, however often it is recorded; absent: an event of its own each time. */
  messageId: string | undefined;
  /** How many events of flows led to this one. */
  depth?: number;
}

/** What the data dictionary is told about; it must not fail the call that brought it. */
export interface DictionaryObserver {
  observeEvents(events: readonly NewEvent[]): Promise<void> | void;
  observeAttributes(attributes: readonly Readonly<Record<string, unknown>>[]): Promise<void> | void;
}

export interface Recorded {
  stored: number;
  duplicates: number;
  /** Places of the duplicates among the events that were handed in. */
  repeated: ReadonlySet<number>;
}

/** Where events are recorded, those sent in and those the product produces itself (opens, clicks). */
export interface EventLog {
  /**
   * Durable when it resolves. Profiles must exist. `areResolved`: their ids have just been looked up among the merges; what
   * is merged between that look and this write is carried over as any late write is.
   */
  recordEvents(events: readonly NewEvent[], options?: { areResolved?: boolean }): Promise<Recorded>;
}

export function createEventLog(deps: {
  database: Database;
  clock: Clock;
  dictionary?: Pick<DictionaryObserver, 'observeEvents'>;
  /** Called after new events are durable, so that they are matched at once; `batch` is the record that waits for it. */
  onStored?: (events: readonly EventRecord[], batch: string) => void;
}): EventLog {
  const stored = deps.database.collection(events);
  const unmatched = deps.database.collection(unmatchedEvents);
  const aliases = createAliases(deps);
  return {
    async recordEvents(news, { areResolved = false } = {}) {
      if (news.length === 0) return { stored: 0, duplicates: 0, repeated: new Set() };
      const now = deps.clock.now();
      const receivedAt = new Date(now);
      const ids = news.map(({ messageId }) => (messageId === undefined ? ulid(now) : eventIdOf(messageId)));
      const first = new Map<string, number>();
      for (const [place, id] of ids.entries()) if (!first.has(id)) first.set(id, place);
      const batch = { _id: ulid(now), receivedAt, eventIds: [...first.keys()] };
      const [merged] = await Promise.all([
        areResolved ? new Map<string, string>() : aliases.of(news.map(({ profileId }) => profileId)),
        // Before the events: a crash between the two leaves nothing that nobody would match.
        unmatched.insertOne(batch),
      ]);
      const records = news.map(
        (event, place): EventRecord => ({
          _id: ids[place] as string,
          profileId: merged.get(event.profileId) ?? event.profileId,
          name: event.name,
          properties: event.properties,
          at: event.at,
          receivedAt,
          ...(event.depth !== undefined && { depth: event.depth }),
        }),
      );
      const distinct = records.filter(({ _id }, place) => first.get(_id) === place);
      const known = await insertNew(stored, distinct);
      const fresh = distinct.filter(({ _id }) => !known.has(_id));
      const isRepeated = ({ _id }: EventRecord, place: number) => known.has(_id) || first.get(_id) !== place;
      const repeated = new Set(records.flatMap((record, place) => (isRepeated(record, place) ? [place] : [])));
      if (fresh.length > 0) deps.onStored?.(fresh, batch._id);
      else await unmatched.deleteOne({ _id: batch._id });
      await deps.dictionary?.observeEvents(news);
      return { stored: fresh.length, duplicates: repeated.size, repeated };
    },
  };
}

/** Printable and short enough for a key; a `#` is what shortened ones begin with. */
const KEPT_MESSAGE_ID = /^[!-"$-~][ -~]{0,95}$/;

/**
 * The messageId itself where it can be: events lie in the order of their ids, so that those of a sender who counts his
 * messages, or begins their ids with the time, lie side by side and are written together. Digests would each be written at
 * a place of its own.
 */
export function eventIdOf(messageId: string): string {
  if (KEPT_MESSAGE_ID.test(messageId)) return messageId;
  return `#${hash('sha256', messageId, 'base64url').slice(0, 22)}`;
}
