import type { AnyBulkWriteOperation } from 'mongodb';
import { type RunRecord, runs } from '../executor/run-record.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import type { EventConsumer } from '../matching/event-consumer.ts';
import type { Database } from '../stores/database.ts';
import { type Listener, type Measurements, roleOf } from './listened-events.ts';

/**
 * Marks on runs the results that events are: clicks and conversions. Every mark is guarded by the event's id, so that what is
 * told twice counts once.
 */
export function createAttribution(deps: { database: Database; measurements: Measurements }): EventConsumer {
  const runCollection = deps.database.collection(runs);

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

  return {
    async consume(batch) {
      const listeners = await deps.measurements.listeners();
      const relevant = batch
        .flatMap((event) => listeners.map((listener) => ({ event, listener, role: roleOf(event, listener) })))
        .filter(({ role }) => role.isClick || role.isConversion);
      if (relevant.length > 0) await mark(relevant);
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
