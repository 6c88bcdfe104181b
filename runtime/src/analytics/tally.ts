import { MongoServerError } from 'mongodb';
import type { Tally } from '../executor/executor.ts';
import type { RunRecord } from '../executor/run-record.ts';
import { type Database, declareCollection } from '../stores/database.ts';

/**
 * Counts of one flow version in one hour. `left` is by port and so the count of the edge. `batches` are the last batches
 * counted: an increment and its mark are one update, so telling a batch twice counts it once.
 */
export interface TallyRecord {
  _id: string;
  flowId: string;
  version: number;
  hour: Date;
  runs: number;
  entered: Record<string, number>;
  left: Record<string, Record<string, number>>;
  ended: Record<string, number>;
  batches: string[];
}

export const tallies = declareCollection<TallyRecord>('flowTallies', [{ key: { flowId: 1, version: 1, hour: 1 } }]);

/** More batches than are ever under way at once in one hour of one version between a crash and its recovery. */
const REMEMBERED_BATCHES = 500;
const DUPLICATE_KEY = 11000;

export function createTally(database: Database): Tally {
  const collection = database.collection(tallies);
  return {
    async add(batchId, startedAt, runs) {
      for (const [key, group] of Map.groupBy(runs, (run) => `${run.flowId}:${run.version}`)) {
        const { flowId, version } = group[0] as RunRecord;
        const hour = new Date(Math.floor(startedAt.getTime() / 3_600_000) * 3_600_000);
        try {
          await collection.updateOne(
            { _id: `${key}:${hour.toISOString().slice(0, 13)}`, batches: { $ne: batchId } },
            {
              $inc: incrementsOf(group),
              $push: { batches: { $each: [batchId], $slice: -REMEMBERED_BATCHES } },
              $setOnInsert: { flowId, version, hour },
            },
            { upsert: true },
          );
        } catch (error) {
          // The record exists and holds this batch already: it has been counted.
          if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
        }
      }
    },
  };
}

/** What the holding batch did, read from the runs alone, so that a recovery counts exactly the same. */
export function incrementsOf(runs: readonly RunRecord[]): Record<string, number> {
  const counts: Record<string, number> = { runs: 0 };
  const add = (path: string) => {
    counts[path] = (counts[path] ?? 0) + 1;
  };
  for (const run of runs) {
    const { from = 0, closed = [] } = run.hold ?? {};
    if (from === 0) add('runs');
    for (const seq of [...closed, ...range(from, run.path.length)]) {
      const step = run.path[seq];
      if (!step) continue;
      if (seq >= from) add(`entered.${step.node}`);
      if (step.port !== undefined) add(`left.${step.node}.${step.port}`);
      else if (step.leftAt !== undefined) add(`ended.${step.node}`);
    }
  }
  return counts;
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
}
