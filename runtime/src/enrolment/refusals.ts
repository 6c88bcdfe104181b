import { type Clock, HOUR_MS } from '@sluice/shared/time';
import { type Database, declareCollection } from '../stores/database.ts';
import type { RefusalReason } from './entry-rule.ts';

/** One hour of those whom a trigger turned away, with some of them as examples. */
export interface RefusalRecord {
  /** flowId:trigger:hour */
  _id: string;
  flowId: string;
  trigger: string;
  hour: Date;
  counts: Partial<Record<RefusalReason, number>>;
  latest: Refusal[];
}

export interface Refusal {
  profileId: string;
  reason: RefusalReason;
  at: Date;
}

export const refusals = declareCollection<RefusalRecord>('refusals', [{ key: { flowId: 1, hour: -1 } }]);

/** Examples kept of an hour, newest last. */
const KEPT = 20;

export interface RefusalBook {
  /** One write for a batch (ENT-4). */
  add(flowId: string, trigger: string, turnedAway: readonly Omit<Refusal, 'at'>[]): Promise<void>;
  /** Sums over all time per trigger, and the latest people turned away. */
  of(flowId: string): Promise<{ trigger: string; counts: RefusalRecord['counts']; latest: Refusal[] }[]>;
}

export function createRefusalBook({ database, clock }: { database: Database; clock: Clock }): RefusalBook {
  const stored = database.collection(refusals);
  return {
    async add(flowId, trigger, turnedAway) {
      if (turnedAway.length === 0) return;
      const at = new Date(clock.now());
      const hour = new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
      const counts: Record<string, number> = {};
      for (const { reason } of turnedAway) counts[`counts.${reason}`] = (counts[`counts.${reason}`] ?? 0) + 1;
      const latest = turnedAway.slice(-KEPT).map((one) => ({ ...one, at }));
      await stored.updateOne(
        { _id: `${flowId}:${trigger}:${hour.toISOString()}` },
        {
          $setOnInsert: { flowId, trigger, hour },
          $inc: counts,
          $push: { latest: { $each: latest, $slice: -KEPT } },
        },
        { upsert: true },
      );
    },
    async of(flowId) {
      const byTrigger = new Map<string, { counts: RefusalRecord['counts']; latest: Refusal[] }>();
      for (const hour of await stored.find({ flowId }).sort({ hour: -1 }).toArray()) {
        const sum = byTrigger.get(hour.trigger) ?? { counts: {}, latest: [] };
        byTrigger.set(hour.trigger, sum);
        for (const [reason, count] of Object.entries(hour.counts) as [RefusalReason, number][])
          sum.counts[reason] = (sum.counts[reason] ?? 0) + count;
        sum.latest.push(...hour.latest.toReversed().slice(0, KEPT - sum.latest.length));
      }
      return [...byTrigger].map(([trigger, sum]) => ({ trigger, ...sum }));
    },
  };
}
