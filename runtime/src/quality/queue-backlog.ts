import type { QueueName, QueueRow } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { CollectionDeclaration, Database } from '../stores/database.ts';
import { calls } from '../calls/call-record.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { runs } from '../executor/run-record.ts';
import { events } from '../ingest/event-record.ts';

/** How far the consumers of the data are behind: what is due and has not been taken. */
export interface QueueBacklog {
  read(): Promise<QueueRow[]>;
}

const MOST_COUNTED = 10_000;

interface Queue {
  name: QueueName;
  // Only the name matters here.
  // oxlint-disable-next-line typescript/no-explicit-any
  of: CollectionDeclaration<any>;
  /** Since when it waits. */
  since: string;
  /** Read from an index that holds what waits and nothing else. */
  due: (now: Date) => object;
}

const QUEUES: readonly Queue[] = [
  { name: 'events', of: events, since: 'receivedAt', due: () => ({ isUnmatched: true }) },
  { name: 'runs', of: runs, since: 'wakeAt', due: (now) => ({ wakeAt: { $lte: now } }) },
  { name: 'messages', of: deliveries, since: 'dueAt', due: (now) => ({ status: 'planned', dueAt: { $lte: now } }) },
  { name: 'calls', of: calls, since: 'dueAt', due: (now) => ({ dueAt: { $lte: now } }) },
];

export function createQueueBacklog({ database, clock }: { database: Database; clock: Clock }): QueueBacklog {
  return {
    read: () =>
      Promise.all(
        QUEUES.map(async ({ name, of, since, due }) => {
          const now = clock.now();
          const filter = due(new Date(now));
          const stored = database.db.collection(of.name);
          const [first, counted] = await Promise.all([
            stored.findOne<Record<string, Date>>(filter, { sort: { [since]: 1 }, projection: { _id: 0, [since]: 1 } }),
            stored.countDocuments(filter, { limit: MOST_COUNTED + 1 }),
          ]);
          const waitMs = Math.max(0, now - (first?.[since]?.getTime() ?? now));
          return { name, waiting: Math.min(counted, MOST_COUNTED), isMore: counted > MOST_COUNTED, waitMs };
        }),
      ),
  };
}
