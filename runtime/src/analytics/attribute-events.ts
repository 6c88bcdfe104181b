import type { AnyBulkWriteOperation } from 'mongodb';
import type { Logger } from 'pino';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import type { Database } from '../stores/database.ts';
import { type Listener, type Measurements, roleOf } from './listened-events.ts';

const BATCH = 1000;

/**
 * Matches stored events to the runs they are a result of. Events carry `isUnmatched` until that is done, and every mark on
 * a run is guarded by the event's id: what a crash interrupted is done again, and counts once.
 */
export interface Attribution {
  /** Matches all that is unmatched; calls that come while it works are folded into one more round. */
  wake(): void;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export function createAttribution(deps: { database: Database; measurements: Measurements; log: Logger }): Attribution {
  const eventCollection = deps.database.collection(events);
  const runCollection = deps.database.collection(runs);
  const state = { work: undefined as Promise<void> | undefined, isAskedAgain: false, isStopped: false };

  const matchBatch = async (): Promise<number> => {
    const batch = await eventCollection.find({ isUnmatched: true }).sort({ receivedAt: 1 }).limit(BATCH).toArray();
    if (batch.length === 0) return 0;
    const listeners = await deps.measurements.listeners();
    const relevant = batch
      .flatMap((event) => listeners.map((listener) => ({ event, listener, role: roleOf(event, listener) })))
      .filter(({ role }) => role.isClick || role.isConversion);
    if (relevant.length > 0) await mark(relevant);
    await eventCollection.updateMany(
      { _id: { $in: batch.map((event) => event._id) } },
      { $unset: { isUnmatched: true } },
    );
    return batch.length;
  };

  const mark = async (relevant: { event: EventRecord; listener: Listener; role: ReturnType<typeof roleOf> }[]) => {
    const found = await runCollection
      .find({
        profileId: { $in: [...new Set(relevant.map(({ event }) => event.profileId))] },
        flowId: { $in: [...new Set(relevant.map(({ listener }) => listener.flowId))] },
      })
      .project<Pick<RunRecord, '_id' | 'profileId' | 'flowId' | 'version' | 'enteredAt'>>({
        profileId: 1,
        flowId: 1,
        version: 1,
        enteredAt: 1,
      })
      .toArray();
    const runsOf = Map.groupBy(found, (run) => `${run.flowId}:${run.version}:${run.profileId}`);
    const writes: AnyBulkWriteOperation<RunRecord>[] = [];
    for (const { event, listener, role } of relevant) {
      for (const run of runsOf.get(`${listener.flowId}:${listener.version}:${event.profileId}`) ?? []) {
        const age = event.at.getTime() - run.enteredAt.getTime();
        if (age < 0 || age > listener.measurement.windowMs) continue;
        if (role.isClick)
          writes.push({ updateOne: { filter: { _id: run._id }, update: { $min: { clickedAt: event.at } } } });
        if (role.isConversion) writes.push(conversionOf(run._id, event, role.minor));
      }
    }
    if (writes.length > 0) await runCollection.bulkWrite(writes, { ordered: false });
  };

  const drain = async () => {
    do {
      state.isAskedAgain = false;
      while (!state.isStopped && (await matchBatch()) > 0);
    } while (state.isAskedAgain && !state.isStopped);
  };

  return {
    wake() {
      state.isAskedAgain = true;
      if (state.work || state.isStopped) return;
      state.work = drain()
        .catch((error: unknown) => {
          // The events stay unmatched; the next wake or the sweep tries again.
          deps.log.error(
            { error: error instanceof Error ? error.message : String(error) },
            'matching events to runs failed',
          );
        })
        .finally(() => {
          state.work = undefined;
        });
    },
    idle: async () => {
      while (state.work) await state.work;
    },
    async stop() {
      state.isStopped = true;
      await state.work;
    },
  };
}

function conversionOf(runId: string, event: EventRecord, minor: number): AnyBulkWriteOperation<RunRecord> {
  return {
    updateOne: {
      filter: { _id: runId, 'conversions.event': { $ne: event._id } },
      update: {
        $push: { conversions: { event: event._id, at: event.at, minor } },
        $min: { convertedAt: event.at },
        $inc: { valueMinor: minor },
      },
    },
  };
}
