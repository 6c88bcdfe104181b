import { DAY_MS } from '@sluice/shared/time';
import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Logger } from 'pino';
import type { Database } from '../stores/database.ts';
import { qualityDayIdOf, qualityDays, type QualityDayRecord } from './quality-day.ts';
import type { WriteTally } from './value-gate.ts';

/** Counts what arrives, for people to look at: summed up in memory, so that a crash loses a second of counts, never a value. */
export interface QualityTally {
  observeWrites(tallies: readonly WriteTally[]): void;
  observeEvents(events: readonly { name: string; at: Date; receivedAt: Date }[]): void;
  /** Writes what was counted. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const FLUSH_EVERY_MS = 1000;
/** Beyond this a sender makes names up, and no page could show them. */
const MOST_NAMES = 2000;

export function createQualityTally(deps: { database: Database; clock: Clock; log: Logger }): QualityTally {
  const stored = deps.database.collection(qualityDays);
  let sums = new Map<string, QualityDayRecord>();
  let timer: NodeJS.Timeout | undefined;

  function sumOf(kind: QualityDayRecord['kind'], name: string): QualityDayRecord | undefined {
    const now = deps.clock.now();
    const day = dayOf(now);
    const _id = qualityDayIdOf(kind, name, day);
    const known = sums.get(_id);
    if (known) {
      known.lastAt = new Date(now);
      return known;
    }
    if (sums.size >= MOST_NAMES) return undefined;
    const sum: QualityDayRecord = { _id, kind, name, day, count: 0, lastAt: new Date(now) };
    sums.set(_id, sum);
    timer ??= setTimeout(() => void flush(), FLUSH_EVERY_MS).unref();
    return sum;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counted = [...sums.values()];
    sums = new Map();
    if (counted.length === 0) return;
    await stored.bulkWrite(counted.map(toWrite), { ordered: false }).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the quality page missed what arrived in the last second');
    });
  }

  return {
    observeWrites(tallies) {
      for (const { attribute, written, breaches, fixed, setAside } of tallies) {
        const sum = sumOf('attribute', attribute);
        if (!sum) continue;
        sum.count += written;
        sum.fixed = (sum.fixed ?? 0) + fixed;
        sum.setAside = (sum.setAside ?? 0) + setAside;
        sum.breaches ??= {};
        for (const [code, count] of Object.entries(breaches) as [keyof typeof breaches, number][])
          sum.breaches[code] = (sum.breaches[code] ?? 0) + count;
      }
    },
    observeEvents(events) {
      for (const { name, at, receivedAt } of events) {
        const sum = sumOf('event', name);
        if (!sum) continue;
        // Of what happened days ago arriving late says nothing about how fast the senders are today.
        const lagMs = Math.min(DAY_MS, Math.max(0, receivedAt.getTime() - at.getTime()));
        sum.count += 1;
        sum.lagMs = (sum.lagMs ?? 0) + lagMs;
        sum.mostLagMs = Math.max(sum.mostLagMs ?? 0, lagMs);
      }
    },
    flush,
    close: flush,
  };
}

/** The day in UTC: the same for every process, whatever the workspace's zone is changed to. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function toWrite(sum: QualityDayRecord): AnyBulkWriteOperation<QualityDayRecord> {
  const { _id, kind, name, day, count, breaches = {}, fixed, setAside, lagMs, mostLagMs, lastAt } = sum;
  const increments = Object.entries({
    count,
    fixed,
    setAside,
    lagMs,
    ...Object.fromEntries(Object.entries(breaches).map(([code, times]) => [`breaches.${code}`, times])),
  }).filter(([, by]) => by !== undefined);
  return {
    updateOne: {
      filter: { _id },
      update: {
        $setOnInsert: { kind, name, day },
        $inc: Object.fromEntries(increments),
        $max: { lastAt, ...(mostLagMs !== undefined && { mostLagMs }) },
      } as object,
      upsert: true,
    },
  };
}
