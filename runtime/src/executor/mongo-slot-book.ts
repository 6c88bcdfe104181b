import { type Database, declareCollection } from '../stores/database.ts';
import type { SlotBook } from './world.ts';

/** When the next place of a node's queue is free. */
export interface SlotQueueRecord {
  /** flowId:node */
  _id: string;
  nextAt: Date;
}

export const slotQueues = declareCollection<SlotQueueRecord>('slotQueues');

const MINUTE_MS = 60_000;

/**
 * Places handed out by one update of one document, so that processes share a queue. A worker that dies with places in its
 * hand leaves them empty: a queue may move slower than asked for, never faster.
 */
export function createMongoSlotBook({ database }: { database: Database }): SlotBook {
  const stored = database.collection(slotQueues);
  return {
    async reserve(key, perMinute, count, now) {
      const gapMs = MINUTE_MS / perMinute;
      const span = Math.ceil(gapMs * count);
      const queue = await stored.findOneAndUpdate(
        { _id: key },
        [{ $set: { nextAt: { $add: [{ $max: ['$nextAt', new Date(now)] }, span] } } }],
        { upsert: true, returnDocument: 'after' },
      );
      if (!queue) throw new Error(`The queue ${key} was not there after its upsert`);
      const first = queue.nextAt.getTime() - span;
      return Array.from({ length: count }, (_, index) => first + Math.floor(index * gapMs));
    },
  };
}
