import DataLoader from 'dataloader';
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { Tally } from '../executor/executor.ts';
import { type Database, declareCollection } from '../stores/database.ts';
import { duplicatesOf } from '../stores/duplicate-key.ts';
import { type Group, incrementsByGroup, incrementsByVersion } from './tally-increments.ts';

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

/** The same of those alone whom a split has dealt one variant: from the start of their runs, in the hours of what they did from the split on. */
export type GroupTallyRecord = TallyRecord & Group;

export const groupTallies = declareCollection<GroupTallyRecord>('flowGroupTallies', [
  { key: { flowId: 1, version: 1, experiment: 1, variant: 1, hour: 1 } },
]);

/** More batches than are ever under way at once in one hour of one version between a crash and its recovery. */
const REMEMBERED_BATCHES = 500;

export function createTally(database: Database): Tally {
  // Batches of many flows are counted side by side; what they count in the same moment is one command.
  const counterOf = (collection: Collection<TallyRecord>) =>
    new DataLoader<Increment[], void>(
      async (groups) => {
        await count(collection, groups.flat());
        return groups.map(() => undefined);
      },
      { cache: false },
    );
  const versions = counterOf(database.collection(tallies));
  const groups = counterOf(database.collection(groupTallies) as unknown as Collection<TallyRecord>);

  return {
    async add(batchId, startedAt, runs) {
      const hour = new Date(Math.floor(startedAt.getTime() / 3_600_000) * 3_600_000);
      const ofVersions = incrementsByVersion(runs).map(({ counts, ...of }) =>
        incrementOf(batchId, hour, of, [], counts),
      );
      const ofGroups = incrementsByGroup(runs).map(({ counts, ...of }) =>
        incrementOf(batchId, hour, of, [of.experiment, of.variant], counts),
      );
      await Promise.all([
        ofVersions.length > 0 && versions.load(ofVersions),
        ofGroups.length > 0 && groups.load(ofGroups),
      ]);
    },
  };
}

function incrementOf(
  batchId: string,
  hour: Date,
  of: { flowId: string; version: number } & Partial<Group>,
  more: readonly string[],
  counts: Record<string, number>,
): Increment {
  const id = [of.flowId, of.version, hour.toISOString().slice(0, 13), ...more];
  return {
    filter: { _id: id.join(':'), batches: { $ne: batchId } },
    update: {
      $inc: counts,
      $push: { batches: { $each: [batchId], $slice: -REMEMBERED_BATCHES } },
      $setOnInsert: { ...of, hour },
    },
  };
}

async function count(collection: Collection<TallyRecord>, increments: readonly Increment[]): Promise<void> {
  const missed = await tryAll(collection, increments, true);
  // The record holds this batch already, or another process has just made it: then there is something to update now.
  if (missed.length > 0) await tryAll(collection, missed, false);
}

/** Answers those whose record could not be made because it is there. */
async function tryAll(
  collection: Collection<TallyRecord>,
  increments: readonly Increment[],
  upsert: boolean,
): Promise<Increment[]> {
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

interface Increment {
  filter: Filter<TallyRecord>;
  update: UpdateFilter<TallyRecord>;
}
