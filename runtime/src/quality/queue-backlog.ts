import type { QueueName, QueueRow } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Collection, Document, Filter } from 'mongodb';
import { calls } from '../calls/call-record.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { inLane, readLanes } from '../executor/mongo-run-store.ts';
import { runs } from '../executor/run-record.ts';
import { unmatchedEvents } from '../ingest/unmatched-record.ts';
import type { Database } from '../stores/database.ts';

/** How far the consumers of the data are behind: what is due and has not been taken. */
export interface QueueBacklog {
  read(): Promise<QueueRow[]>;
}

const MOST_COUNTED = 10_000;

/** How many wait, counted no further than is told, and since when the first does. */
interface Behind {
  count: number;
  since: Date | undefined;
}

/** Each is read from an index that holds what waits and nothing else, or from a collection that does. */
const QUEUES: Record<QueueName, (database: Database, now: Date) => Promise<Behind>> = {
  async events(database) {
    const stored = database.collection(unmatchedEvents);
    const sizes = { $group: { _id: null, count: { $sum: { $size: '$eventIds' } } } };
    const [first, [all]] = await Promise.all([
      stored.findOne({}, { sort: { _id: 1 }, projection: { receivedAt: 1 } }),
      stored.aggregate<{ count: number }>([{ $limit: MOST_COUNTED + 1 }, sizes]).toArray(),
    ]);
    return { count: all?.count ?? 0, since: first?.receivedAt };
  },
  async runs(database, now) {
    const stored = database.collection(runs);
    const lanes = (await readLanes(stored)).filter(({ wakeAt }) => wakeAt <= now);
    const noLane = await behind(stored, 'wakeAt', { ...inLane(undefined), wakeAt: { $lte: now } });
    if (lanes.length === 0) return noLane;
    const inLanes = { lane: { $in: lanes.map(({ lane }) => lane) }, wakeAt: { $lte: now } };
    const starts = [...lanes.map(({ wakeAt }) => wakeAt), ...(noLane.since ? [noLane.since] : [])];
    return {
      count: noLane.count + (await stored.countDocuments(inLanes, { limit: MOST_COUNTED + 1 })),
      since: starts.reduce((least, at) => (at < least ? at : least)),
    };
  },
  messages: (database, now) =>
    behind(database.collection(deliveries), 'dueAt', { status: 'planned', dueAt: { $lte: now } }),
  calls: (database, now) => behind(database.collection(calls), 'dueAt', { dueAt: { $lte: now } }),
};

async function behind<T extends Document>(stored: Collection<T>, since: string, due: Filter<T>): Promise<Behind> {
  const [first, count] = await Promise.all([
    stored.findOne<Record<string, Date>>(due, { sort: { [since]: 1 }, projection: { _id: 0, [since]: 1 } }),
    stored.countDocuments(due, { limit: MOST_COUNTED + 1 }),
  ]);
  return { count, since: first?.[since] };
}

export function createQueueBacklog({ database, clock }: { database: Database; clock: Clock }): QueueBacklog {
  return {
    read: () =>
      Promise.all(
        (Object.keys(QUEUES) as QueueName[]).map(async (name) => {
          const now = clock.now();
          const { count, since } = await QUEUES[name](database, new Date(now));
          const waitMs = Math.max(0, now - (since?.getTime() ?? now));
          return { name, waiting: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED, waitMs };
        }),
      ),
  };
}
