import DataLoader from 'dataloader';
import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { insertAll } from '../stores/insert-new.ts';
import { type BatchRecord, batches } from './batch-record.ts';
import { GOAL, RESTING_STATE, type RunRecord, runs } from './run-record.ts';
import type { RunSignal, RunStore } from './run-store.ts';

export function createMongoRunStore(database: Database): RunStore {
  const runCollection = database.collection(runs);
  const batchCollection = database.collection(batches);
  // Batches of many flows go on side by side; what they write in the same moment is one command, and one commit.
  const begin = together<BatchRecord, void>(async (records) => {
    await batchCollection.insertMany([...records]);
    return records.map(() => undefined);
  });
  const end = together<string, void>(async (batchIds) => {
    await batchCollection.deleteMany({ _id: { $in: [...batchIds] } });
    return batchIds.map(() => undefined);
  });
  const insert = together<readonly RunRecord[], Set<string>>(async (groups) => {
    const refused = await insertAll(runCollection, groups.flat());
    let first = 0;
    return groups.map((group) => {
      const from = first;
      first += group.length;
      return new Set(group.flatMap(({ _id }, index) => (refused.has(from + index) ? [] : [_id])));
    });
  });
  const write = together<AnyBulkWriteOperation<RunRecord>[], void>(async (groups) => {
    await runCollection.bulkWrite(groups.flat(), { ordered: false });
    return groups.map(() => undefined);
  });

  return {
    beginBatch: (batch) => begin.load(batch),
    endBatch: (batchId) => end.load(batchId),
    async keepBatch(batchId, until) {
      await batchCollection.updateOne({ _id: batchId }, { $set: { until } });
    },
    insert: (batchId, newRuns) =>
      insert.load(newRuns.map((run) => ({ ...run, hold: { batch: batchId, isCommitted: true, from: 0 } }))),

    async dueIds(now, limit, lane) {
      const due = runCollection
        .find({ ...inLane(lane), wakeAt: { $lte: now }, hold: { $exists: false } })
        .sort({ wakeAt: 1 })
        .limit(limit)
        .project<{ _id: string }>({ _id: 1 });
      return (await due.toArray()).map((run) => run._id);
    },

    async dueLanes(now) {
      const all = await readLanes(runCollection);
      return all.flatMap(({ lane, wakeAt }) => (wakeAt <= now ? [lane] : []));
    },

    async hold(batchId, runIds, now, lane) {
      const mine = { _id: { $in: [...runIds] } };
      await runCollection.updateMany(
        { ...mine, ...inLane(lane), wakeAt: { $lte: now }, hold: { $exists: false } },
        { $set: { hold: { batch: batchId } } },
      );
      return runCollection.find({ ...mine, 'hold.batch': batchId }).toArray();
    },

    async holdResting(batchId, runIds) {
      const mine = { _id: { $in: [...runIds] } };
      await runCollection.updateMany(
        { ...mine, positions: { $exists: true }, hold: { $exists: false } },
        { $set: { hold: { batch: batchId } } },
      );
      return runCollection.find({ ...mine, 'hold.batch': batchId }).toArray();
    },

    async park(batchId, runIds) {
      await runCollection.updateMany(
        { _id: { $in: [...runIds] }, 'hold.batch': batchId, 'hold.isCommitted': { $ne: true } },
        { $set: { isParked: true }, $unset: { wakeAt: true, hold: true } },
      );
    },

    parked(runIds) {
      return runCollection
        .find({ _id: { $in: [...runIds] }, isParked: true })
        .project<Pick<RunRecord, '_id' | 'flowId'>>({ flowId: 1 })
        .toArray();
    },

    async unpark(runIds, now) {
      await runCollection.updateMany(
        { _id: { $in: [...runIds] }, isParked: true },
        { $set: { wakeAt: now }, $unset: { isParked: true } },
      );
    },

    async commit(batchId, advanced) {
      const ids = advanced.map((run) => run._id);
      if (advanced.length === 0) return new Set();
      const result = await runCollection.bulkWrite(
        advanced.map((run) => commitOf(batchId, run)),
        { ordered: false },
      );
      if (result.matchedCount === advanced.length) return new Set(ids);
      const kept = await this.committedRuns(batchId, ids);
      return new Set(kept.map((run) => run._id));
    },

    async signal(signals, now) {
      if (signals.length === 0) return;
      const { matchedCount } = await runCollection.bulkWrite(signals.map((signal) => signalOf(signal, 'waiting', now)));
      // A failed run keeps what its other strands are told until a person has decided.
      if (matchedCount < signals.length)
        await runCollection.bulkWrite(signals.map((signal) => signalOf(signal, 'failed', now)));
    },

    async confirm(batchId, runIds, reached, at) {
      if (runIds.length === 0) return;
      const free = { $unset: { hold: true, effects: true } } as const;
      const reachedIds = new Set(reached);
      const others = runIds.filter((id) => !reachedIds.has(id));
      const held = (ids: readonly string[]) => ({ _id: { $in: [...ids] }, 'hold.batch': batchId });
      await write.load([
        ...(reached.length > 0
          ? [{ updateMany: { filter: held(reached), update: { ...free, $min: { reachedAt: at } } } }]
          : []),
        ...(others.length > 0 ? [{ updateMany: { filter: held(others), update: free } }] : []),
      ]);
    },

    async release(batchId, runIds) {
      await runCollection.updateMany(
        { _id: { $in: [...runIds] }, 'hold.batch': batchId, 'hold.isCommitted': { $ne: true } },
        { $unset: { hold: true } },
      );
    },

    committedRuns(batchId, runIds) {
      return runCollection
        .find({ _id: { $in: [...runIds] }, 'hold.batch': batchId, 'hold.isCommitted': true })
        .toArray();
    },

    async takeOverBatch(now, leaseMs): Promise<BatchRecord | undefined> {
      const taken = await batchCollection.findOneAndUpdate(
        { until: { $lt: now } },
        { $set: { until: new Date(now.getTime() + leaseMs) } },
        { sort: { until: 1 }, returnDocument: 'after' },
      );
      return taken ?? undefined;
    },
  };
}

/** The lanes that runs wait in, each with the time of its first; from lane to lane by the index, however many stand in them. */
export async function readLanes(stored: Collection<RunRecord>): Promise<{ lane: string; wakeAt: Date }[]> {
  const lanes: { lane: string; wakeAt: Date }[] = [];
  for (let last = ''; ; ) {
    const next = await stored.findOne(
      { lane: { $gt: last }, wakeAt: { $exists: true } },
      { sort: { lane: 1, wakeAt: 1 }, projection: { lane: 1, wakeAt: 1 } },
    );
    if (next?.lane === undefined || next.wakeAt === undefined) return lanes;
    last = next.lane;
    lanes.push({ lane: last, wakeAt: next.wakeAt });
  }
}

/** No lane is none at all, which an index finds as null. */
export function inLane(lane: string | undefined): Filter<RunRecord> {
  return { lane: lane ?? null } as Filter<RunRecord>;
}

/** Batches whose writes become one command. */
const WRITES_AT_ONCE = 64;

const STATE = [...RESTING_STATE, 'event', 'firstEvent'] as const;

/** Everything a step changed, in one update of one document, only while this batch holds the run. */
function commitOf(batchId: string, run: RunRecord): AnyBulkWriteOperation<RunRecord> {
  const gone = Object.fromEntries(STATE.flatMap((field) => (run[field] === undefined ? [[field, true as const]] : [])));
  const kept = Object.fromEntries(STATE.flatMap((field) => (run[field] === undefined ? [] : [[field, run[field]]])));
  return {
    updateOne: {
      filter: {
        _id: run._id,
        'hold.batch': batchId,
        'hold.isCommitted': { $ne: true },
        // Told something in the meantime: what it was must be weighed against what this batch found (RUN-6).
        signalCount: run.signalCount ?? { $exists: false },
      },
      update: {
        $set: {
          ...kept,
          version: run.version,
          status: run.status,
          node: run.node,
          path: run.path,
          variants: run.variants,
          hold: { ...run.hold, batch: batchId, isCommitted: true },
          ...(run.moves && { moves: run.moves }),
          ...(run.lane !== undefined && { lane: run.lane }),
          ...(run.endedAt && { endedAt: run.endedAt, endReason: run.endReason }),
        },
        // A move may take a run out of its lane.
        $unset: run.hold?.move && run.lane === undefined ? { ...gone, lane: true } : gone,
      },
    },
  };
}

function signalOf(
  { runId, ...signal }: RunSignal,
  status: 'waiting' | 'failed',
  now: Date,
): AnyBulkWriteOperation<RunRecord> {
  const { seq, await: awaited } = signal;
  return {
    updateOne: {
      filter: {
        _id: runId,
        status,
        'signals.id': { $ne: signal.id },
        // What has just woken it must not wake it again at the next step that waits for the like.
        ...(signal.event && { 'event.id': { $ne: signal.event.id } }),
        ...(seq !== GOAL && { positions: { $elemMatch: { seq, 'awaits.id': awaited } } }),
      },
      update: {
        $push: { signals: signal },
        $inc: { signalCount: 1 },
        ...(status === 'waiting' && { $min: { wakeAt: now } }),
      },
    },
  };
}

/** Writes that are asked for in one turn of the event loop, as one command. */
function together<Asked, Answer>(write: (asked: readonly Asked[]) => Promise<Answer[]>): DataLoader<Asked, Answer> {
  return new DataLoader(write, { cache: false, maxBatchSize: WRITES_AT_ONCE });
}
