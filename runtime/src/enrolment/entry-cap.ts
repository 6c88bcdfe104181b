import type { EntryCap } from '@sluice/shared/node-contract';
import { DAY_MS, HOUR_MS, wallOf } from '@sluice/shared/time';
import { runs } from '../executor/run-record.ts';
import { type Database, declareCollection } from '../stores/database.ts';

/** The places of one trigger and one window of time. */
export interface CapRecord {
  /** flowId:trigger:window */
  _id: string;
  taken: number;
  /** Run ids that have a place and may not be inserted yet. */
  pending: string[];
  /** Rises with each change: whoever read an older state tries again. */
  change: number;
}

export const entryCaps = declareCollection<CapRecord>('entryCaps');

/** Counts entries against the limit of a trigger (ENT-3). */
export interface CapBook {
  /**
   * Takes places for runs, in their order, until none is left; answers those that have one. A run that has its place
   * already keeps it and takes no other, one that exists needs none.
   */
  take(where: CapPlace, runIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many places are taken now. */
  taken(where: CapPlace): Promise<number>;
  /** The runs are inserted: nobody will come back for their places. */
  settle(where: CapPlace, runIds: readonly string[]): Promise<void>;
}

export interface CapPlace {
  flowId: string;
  trigger: string;
  cap: EntryCap;
  /** Unix milliseconds: which hour or day counts. */
  at: number;
}

export function createCapBook({ database, timeZone }: { database: Database; timeZone: string }): CapBook {
  const stored = database.collection(entryCaps);
  const storedRuns = database.collection(runs);
  const idOf = ({ flowId, trigger, cap, at }: CapPlace) => `${flowId}:${trigger}:${windowOf(cap, at, timeZone)}`;

  const existing = async (runIds: readonly string[]) => {
    const found = storedRuns.find({ _id: { $in: [...runIds] } }).project<{ _id: string }>({ _id: 1 });
    return new Set((await found.toArray()).map(({ _id }) => _id));
  };

  /** Tries until nobody changed the record in between; answers the run ids that newly have a place. */
  const reserve = async (id: string, max: number, wanted: readonly string[]) => {
    for (;;) {
      const record = await stored.findOneAndUpdate(
        { _id: id },
        { $setOnInsert: { taken: 0, pending: [], change: 0 } },
        { upsert: true, returnDocument: 'after' },
      );
      if (!record) continue;
      const waiting = new Set(record.pending);
      const fresh = wanted.filter((runId) => !waiting.has(runId)).slice(0, Math.max(0, max - record.taken));
      const granted = new Set([...wanted.filter((runId) => waiting.has(runId)), ...fresh]);
      if (fresh.length === 0) return { granted, fresh };
      const { matchedCount } = await stored.updateOne(
        { _id: id, change: record.change },
        { $push: { pending: { $each: fresh } }, $inc: { taken: fresh.length, change: 1 } },
      );
      if (matchedCount === 1) return { granted, fresh };
    }
  };

  return {
    async take(where, runIds) {
      const id = idOf(where);
      const before = await existing(runIds);
      const { granted, fresh } = await reserve(
        id,
        where.cap.max,
        runIds.filter((runId) => !before.has(runId)),
      );
      // Inserted by somebody else between our look and our reservation, on a place of their own: ours goes back.
      const meanwhile = [...(await existing(fresh))];
      if (meanwhile.length > 0)
        await stored.updateOne(
          { _id: id },
          { $pullAll: { pending: meanwhile }, $inc: { taken: -meanwhile.length, change: 1 } },
        );
      return new Set([...before, ...granted]);
    },
    taken: async (where) => (await stored.findOne({ _id: idOf(where) }))?.taken ?? 0,
    async settle(where, runIds) {
      if (runIds.length === 0) return;
      await stored.updateOne({ _id: idOf(where) }, { $pullAll: { pending: [...runIds] }, $inc: { change: 1 } });
    },
  };
}

/** Names the window of time whose entries count together. */
export function windowOf({ per }: EntryCap, at: number, timeZone: string): string {
  if (per === 'ever') return 'ever';
  if (per === 'hour') return new Date(Math.floor(at / HOUR_MS) * HOUR_MS).toISOString();
  return new Date(Math.floor(wallOf(at, timeZone) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
