import { type Database, declareCollection } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { paceOf, passThrough } from './gate-pace.ts';
import type { SlotBook } from './world.ts';

/** When the next place of a node's queue is free, and when the next one may pass its gate. */
export interface SlotQueueRecord {
  /** flowId:node */
  _id: string;
  nextAt?: Date;
  /** Unix milliseconds, with their fraction: a gap of a fast gate is none of whole milliseconds. */
  gateAt?: number;
}

export const slotQueues = declareCollection<SlotQueueRecord>('slotQueues');

/**
 * Places handed out by updates of one document, so that processes share a queue and its gate. A worker that dies with
 * places in its hand leaves them empty: a queue may move slower than asked for, never faster.
 */
export function createMongoSlotBook({ database }: { database: Database }): SlotBook {
  const stored = database.collection(slotQueues);
  return {
    async reserve(key, perMinute, count, now) {
      const { gapMs } = paceOf(perMinute);
      const span = Math.ceil(gapMs * count);
      const queue = await stored.findOneAndUpdate(
        { _id: key },
        [{ $set: { nextAt: { $add: [{ $max: ['$nextAt', new Date(now)] }, span] } } }],
        { upsert: true, returnDocument: 'after' },
      );
      if (!queue?.nextAt) throw new Error(`The queue ${key} was not there after its upsert`);
      const first = queue.nextAt.getTime() - span;
      return Array.from({ length: count }, (_, index) => first + Math.floor(index * gapMs));
    },

    async pass(key, perMinute, count, now) {
      const pace = paceOf(perMinute);
      // Compare and set: whoever was overtaken looks again. Each round somebody gets on.
      for (;;) {
        const known = (await stored.findOne({ _id: key }))?.gateAt;
        const { passed, nextAt } = passThrough(known, pace, count, now);
        if (passed === 0) return 0;
        if (await moveGate(key, known, nextAt)) return passed;
      }
    },
  };

  async function moveGate(key: string, from: number | undefined, to: number): Promise<boolean> {
    try {
      const result = await stored.updateOne(
        { _id: key, gateAt: from ?? { $exists: false } },
        { $set: { gateAt: to } },
        { upsert: from === undefined },
      );
      return result.matchedCount + result.upsertedCount === 1;
    } catch (error) {
      // Somebody else was first to make the record.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
