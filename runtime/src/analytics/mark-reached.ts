import type { DeliveryListener } from '../channels/message-dispatch.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';

/** Marks runs as reached when an outside provider has taken their message; told twice, the first time stands. */
export function createReachedListener(database: Database): DeliveryListener {
  const collection = database.collection(runs);
  return {
    async sent(deliveries) {
      if (deliveries.length === 0) return;
      await collection.bulkWrite(
        deliveries.map(({ runId, at }) => ({
          updateOne: { filter: { _id: runId }, update: { $min: { reachedAt: at } } },
        })),
        { ordered: false },
      );
    },
  };
}
