import DataLoader from 'dataloader';
import type { Filter, UpdateFilter } from 'mongodb';
import type { Tally } from '../executor/executor.ts';
import { portsOf, type RunRecord } from '../executor/run-record.ts';
import { type Database, declareCollection } from '../stores/database.ts';
import { duplicatesOf } from '../stores/duplicate-key.ts';

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
  /** Runs, and by node the steps in which they stood, that came from an older version or went to a newer one. */
  runsIn?: number;
  runsOut?: number;
  movedIn?: Record<string, number>;
  movedOut?: Record<string, number>;
  batches: string[];
}

export const tallies = declareCollection<TallyRecord>('flowTallies', [{ key: { flowId: 1, version: 1, hour: 1 } }]);

/** More batches than are ever under way at once in one hour of one version between a crash and its recovery. */
const REMEMBERED_BATCHES = 500;

export function createTally(database: Database): Tally {
  const collection = database.collection(tallies);
  // Batches of many flows are counted side by side; what they count in the same moment is one command.
  const counting = new DataLoader<Increment[], void>(
    async (groups) => {
      await count(groups.flat());
      return groups.map(() => undefined);
    },
    { cache: false },
  );

  async function count(increments: readonly Increment[]): Promise<void> {
    const missed = await tryAll(increments, true);
    // The record holds this batch already, or another process has just made it: then there is something to update now.
    if (missed.length > 0) await tryAll(missed, false);
  }

  /** Answers those whose record could not be made because it is there. */
  async function tryAll(increments: readonly Increment[], upsert: boolean): Promise<Increment[]> {
    try {
      await collection.bulkWrite(
        increments.map(({ filter, update }) => ({ updateOne: { filter, update, upsert } })),
        { ordered: false },
      );
      return [];
    } catch (error) {
      return duplicatesOf(error).flatMap(({ index }) => increments[index] ?? []);
    }
  }

  return {
    async add(batchId, startedAt, runs) {
      const hour = new Date(Math.floor(startedAt.getTime() / 3_600_000) * 3_600_000);
      const increments = incrementsByVersion(runs).map(
        ({ flowId, version, counts }): Increment => ({
          filter: { _id: `${flowId}:${version}:${hour.toISOString().slice(0, 13)}`, batches: { $ne: batchId } },
          update: {
            $inc: counts,
            $push: { batches: { $each: [batchId], $slice: -REMEMBERED_BATCHES } },
            $setOnInsert: { flowId, version, hour },
          },
        }),
      );
      if (increments.length > 0) await counting.load(increments);
    },
  };
}

interface Increment {
  filter: Filter<TallyRecord>;
  update: UpdateFilter<TallyRecord>;
}

interface VersionCounts {
  flowId: string;
  version: number;
  counts: Record<string, number>;
}

/** What the holding batch did, read from the runs alone, so that a recovery counts exactly the same. */
export function incrementsByVersion(runs: readonly RunRecord[]): VersionCounts[] {
  const found = new Map<string, VersionCounts>();
  for (const run of runs) {
    const countsOf = (version: number) => {
      const key = `${run.flowId}:${version}`;
      const known = found.get(key) ?? { flowId: run.flowId, version, counts: { runs: 0 } };
      found.set(key, known);
      return (path: string) => {
        known.counts[path] = (known.counts[path] ?? 0) + 1;
      };
    };
    countRun(run, countsOf);
  }
  return [...found.values()];
}

function countRun(run: RunRecord, countsOf: (version: number) => (path: string) => void): void {
  const { from = 0, closed = [], move } = run.hold ?? {};
  const add = countsOf(run.version);
  if (from === 0) add('runs');
  for (const seq of [...closed, ...range(from, run.path.length)]) {
    const step = run.path[seq];
    if (!step) continue;
    const isDropped = move?.dropped.includes(seq) === true;
    if (seq >= from) add(`entered.${step.node}`);
    const ports = portsOf(step);
    for (const port of ports) add(`left.${step.node}.${port}`);
    if (ports.length === 0 && step.leftAt !== undefined) (isDropped ? countsOf(move.from) : add)(`ended.${step.node}`);
  }
  if (!move) return;
  const addOld = countsOf(move.from);
  addOld('runsOut');
  add('runsIn');
  for (const seq of move.kept) {
    const { node } = run.path[seq] as RunRecord['path'][number];
    addOld(`movedOut.${node}`);
    add(`movedIn.${node}`);
  }
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
}
