import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { createAliases } from '../identities/aliases.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { type UnmatchedRecord, unmatchedEvents } from '../ingest/unmatched-record.ts';
import type { Database } from '../stores/database.ts';
import { countUpTo } from '../stores/count-up-to.ts';
import { gatherWrites } from '../stores/gathered-writes.ts';
import type { EventConsumer } from './event-consumer.ts';

/** Events told together. */
const BATCH = 1000;
/** Beyond this a process keeps no more in memory; what it leaves is stored and found by the sweep. */
const QUEUE_LIMIT = 20_000;
/** So long others are waited for before the records of what is done are removed. */
const GATHER_MS = 100;
const MANY = 100;
/** What is unmatched for so long belongs to a process that died, or to a queue that overflowed. */
const LEFT_AFTER_MS = 10_000;
/** Records looked at together by a sweep. */
const LOOKED_AT = 50;
/** Events that are not there after so long were never recorded; until then their record stays, in case they are late. */
const MISSING_FOR_MS = 120_000;

/**
 * Tells consumers of stored events. The process that stored an event matches it from memory, so that processes share the
 * work without asking each other; the records of `unmatchedEvents` are what a crash leaves behind.
 */
export interface EventMatcher {
  /** Takes over events that are durable, recorded together as `batch`; returns at once. */
  take(events: readonly EventRecord[], batch: string): void;
  /** Matches what has been left unmatched for a while, by whomever. */
  sweep(): Promise<void>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  /** Finishes the batch under way; the rest is found by a sweep. */
  stop(): Promise<void>;
}

export function createEventMatcher(deps: {
  database: Database;
  consumers: readonly EventConsumer[];
  clock: Clock;
  log: Logger;
}): EventMatcher {
  const stored = deps.database.collection(events);
  const aliases = createAliases(deps);
  const unmatched = deps.database.collection(unmatchedEvents);
  const queue: { events: readonly EventRecord[]; batch: string }[] = [];
  const state = { work: undefined as Promise<void> | undefined, queued: 0, isStopped: false };

  /** What a crash leaves unremoved is told again, which its consumers expect. */
  const remove = async (batches: readonly string[]) => {
    if (batches.length > 0) await unmatched.deleteMany({ _id: { $in: [...batches] } });
  };
  const removals = gatherWrites<string>(
    async (batches) => {
      try {
        await remove(batches);
      } catch (error) {
        deps.log.error({ error: messageOf(error) }, 'matched events could not be crossed off; they are matched again');
      }
    },
    { many: MANY, waitMs: () => GATHER_MS },
  );

  /**
   * Events of a profile that has been merged are those of the profile that goes on. One that turns out to be merged when
   * consumers have looked is told again under the new id: its runs may have been moved before they looked (RUN-11).
   */
  const match = async (batch: readonly EventRecord[]) => {
    for (let open = batch; open.length > 0; ) {
      for (const consumer of deps.consumers) await consumer.consume(open);
      const merged = await aliases.of(open.map(({ profileId }) => profileId));
      open = open.flatMap((event) => {
        const into = merged.get(event.profileId);
        return into === undefined ? [] : { ...event, profileId: into };
      });
    }
  };

  const drain = async () => {
    while (queue.length > 0 && !state.isStopped) {
      const taken = queue.splice(
        0,
        countUpTo(queue, (batch) => batch.events.length, BATCH),
      );
      const news = taken.flatMap((batch) => batch.events);
      state.queued -= news.length;
      try {
        await match(news);
        removals.add(taken.map(({ batch }) => batch));
      } catch (error) {
        // The events stay unmatched; the sweep tells them again.
        deps.log.error({ error: messageOf(error), events: news.length }, 'matching events failed');
      }
    }
  };

  /** Matches what is there of records that were left; what is not there yet stays noted for a while. */
  const matchLeft = async (left: readonly UnmatchedRecord[]) => {
    const found = await stored.find({ _id: { $in: left.flatMap(({ eventIds }) => eventIds) } }).toArray();
    const byId = new Map(found.map((event) => [event._id, event]));
    // Of a repeated event the record of its first time takes care.
    const own = left.flatMap(({ eventIds, receivedAt }) =>
      eventIds
        .flatMap((id) => byId.get(id) ?? [])
        .filter((event) => event.receivedAt.getTime() === receivedAt.getTime()),
    );
    if (own.length > 0) await match(own);
    const longAgo = deps.clock.now() - MISSING_FOR_MS;
    const isOver = ({ eventIds, receivedAt }: UnmatchedRecord) =>
      receivedAt.getTime() < longAgo || eventIds.every((id) => byId.has(id));
    await remove(left.filter(isOver).map(({ _id }) => _id));
    for (const { _id, eventIds } of left.filter((record) => !isOver(record)))
      await unmatched.updateOne({ _id }, { $set: { eventIds: eventIds.filter((id) => !byId.has(id)) } });
  };

  return {
    take(news, batch) {
      if (state.isStopped || (state.queued > 0 && state.queued + news.length > QUEUE_LIMIT)) return;
      queue.push({ events: news, batch });
      state.queued += news.length;
      state.work ??= drain().finally(() => {
        state.work = undefined;
      });
    },
    async sweep() {
      const before = ulid(Math.max(0, deps.clock.now() - LEFT_AFTER_MS));
      for (let last = ''; !state.isStopped; ) {
        const left = await unmatched
          .find({ _id: { $gt: last, $lt: before } })
          .sort({ _id: 1 })
          .limit(LOOKED_AT)
          .toArray();
        if (left.length === 0) return;
        const some = left.slice(
          0,
          countUpTo(left, ({ eventIds }) => eventIds.length, BATCH),
        );
        await matchLeft(some);
        last = some.at(-1)?._id ?? before;
      }
    },
    idle: async () => {
      while (state.work) await state.work;
      await removals.flush();
    },
    async stop() {
      state.isStopped = true;
      await state.work;
      await removals.flush();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
