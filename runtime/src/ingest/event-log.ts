import { createHash } from 'node:crypto';
import type { Clock } from '@sluice/shared/time';
import { MongoBulkWriteError } from 'mongodb';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { type EventRecord, events } from './event-record.ts';

export interface NewEvent {
  profileId: string;
  name: string;
  properties: Record<string, unknown>;
  at: Date;
  /** The same id is the same event, however often it is recorded; absent: an event of its own each time. */
  messageId: string | undefined;
}

/** What the data dictionary is told about; it must not fail the call that brought it. */
export interface DictionaryObserver {
  observeEvents(events: readonly NewEvent[]): Promise<void> | void;
  observeAttributes(attributes: readonly Readonly<Record<string, unknown>>[]): Promise<void> | void;
}

/** Where events are recorded, those sent in and those the product produces itself (opens, clicks). */
export interface EventLog {
  /** Durable when it resolves. Profiles must exist. */
  recordEvents(events: readonly NewEvent[]): Promise<{ stored: number; duplicates: number }>;
}

const DUPLICATE_KEY = 11000;

export function createEventLog(deps: {
  database: Database;
  clock: Clock;
  dictionary?: Pick<DictionaryObserver, 'observeEvents'>;
  /** Called after new events are durable, so that matching need not wait for its next look. */
  onStored?: () => void;
}): EventLog {
  const stored = deps.database.collection(events);
  return {
    async recordEvents(news) {
      if (news.length === 0) return { stored: 0, duplicates: 0 };
      const receivedAt = new Date(deps.clock.now());
      const records = news.map(
        (event): EventRecord => ({
          _id: event.messageId === undefined ? ulid(receivedAt.getTime()) : eventIdOf(event.messageId),
          profileId: event.profileId,
          name: event.name,
          properties: event.properties,
          at: event.at,
          receivedAt,
          isUnmatched: true,
        }),
      );
      const duplicates = await countDuplicates(() => stored.insertMany(records, { ordered: false }));
      if (duplicates < records.length) deps.onStored?.();
      await deps.dictionary?.observeEvents(news);
      return { stored: records.length - duplicates, duplicates };
    },
  };
}

export function eventIdOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url').slice(0, 22);
}

/** Inserts; an event that is there already is what a repeated call wants, any other failure is thrown on. */
async function countDuplicates(insert: () => Promise<unknown>): Promise<number> {
  try {
    await insert();
    return 0;
  } catch (failure) {
    if (!(failure instanceof MongoBulkWriteError)) throw failure;
    const writeErrors = [failure.writeErrors].flat();
    if (writeErrors.length === 0 || writeErrors.some((error) => error.code !== DUPLICATE_KEY)) throw failure;
    return writeErrors.length;
  }
}
