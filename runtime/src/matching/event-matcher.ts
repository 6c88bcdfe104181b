import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { createAliases } from '../identities/aliases.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import type { Database } from '../stores/database.ts';
import { gatherWrites } from '../stores/gathered-writes.ts';
import type { EventConsumer } from './event-consumer.ts';

/** Events told together. */
const BATCH = 1000;
/** Beyond this a process keeps no more in memory; what it leaves is stored and found by the sweep. */
const QUEUE_LIMIT = 20_000;
/** So long other events are waited for before those that are done are marked. */
const GATHER_MS = 100;
const MANY = 500;
/** An unmatched event this old belongs to a process that died, or to a queue that overflowed. */
const LEFT_AFTER_MS = 10_000;

/**
 * Tells consumers of stored events. The process that stored an event matches it from memory, so that processes share the
 * work without asking each other; `isUnmatched` in the store is what a crash leaves behind.
 */
export interface EventMatcher {
  /** Takes over events that are durable; returns at once. */
  take(events: readonly EventRecord[]): void;
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
  const queue: EventRecord[] = [];
  const state = { work: undefined as Promise<void> | undefined, isStopped: false };

  /** What a crash leaves unmarked is told again, which its consumers expect. */
  const mark = async (matched: readonly EventRecord[]) => {
    await stored.updateMany({ _id: { $in: matched.map(({ _id }) => _id) } }, { $unset: { isUnmatched: true } });
  };
  const marks = gatherWrites<EventRecord>(
    async (matched) => {
      try {
        await mark(matched);
      } catch (error) {
        deps.log.error({ error: messageOf(error) }, 'matched events could not be marked; they are matched again');
      }
    },
    { many: MANY, waitMs: () => GATHER_MS },
  );

  /**
   * Events of a profile that has been merged are those of the profile that goes on. One that is merged while consumers look
   * is told again under the new id: its runs may have been moved before they looked (RUN-11).
   */
  const match = async (batch: readonly EventRecord[]) => {
    const told = new Map(batch.map(({ _id }) => [_id, '']));
    for (;;) {
      const merged = await aliases.of(batch.map(({ profileId }) => profileId));
      const open = batch
        .map((event) => ({ ...event, profileId: merged.get(event.profileId) ?? event.profileId }))
        .filter(({ _id, profileId }) => told.get(_id) !== profileId);
      if (open.length === 0) break;
      for (const consumer of deps.consumers) await consumer.consume(open);
      for (const { _id, profileId } of open) told.set(_id, profileId);
    }
  };

  const drain = async () => {
    while (queue.length > 0 && !state.isStopped) {
      const batch = queue.splice(0, BATCH);
      try {
        await match(batch);
        marks.add(batch);
      } catch (error) {
        // The events stay unmatched; the sweep tells them again.
        deps.log.error({ error: messageOf(error), events: batch.length }, 'matching events failed');
      }
    }
  };

  return {
    take(news) {
      if (state.isStopped) return;
      queue.push(...news.slice(0, Math.max(0, QUEUE_LIMIT - queue.length)));
      state.work ??= drain().finally(() => {
        state.work = undefined;
      });
    },
    async sweep() {
      while (!state.isStopped) {
        const left = await stored
          .find({ isUnmatched: true, receivedAt: { $lt: new Date(deps.clock.now() - LEFT_AFTER_MS) } })
          .sort({ receivedAt: 1 })
          .limit(BATCH)
          .toArray();
        if (left.length === 0) return;
        await match(left);
        // At once: the next look must not find them again.
        await mark(left);
      }
    },
    idle: async () => {
      while (state.work) await state.work;
      await marks.flush();
    },
    async stop() {
      state.isStopped = true;
      await state.work;
      await marks.flush();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
