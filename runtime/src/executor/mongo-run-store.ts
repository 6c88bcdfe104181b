import { type AnyBulkWriteOperation, MongoBulkWriteError } from 'mongodb';
import type { Database } from '../stores/database.ts';
import { type BatchRecord, batches } from './batch-record.ts';
import { type RunRecord, runs } from './run-record.ts';
import type { RunStore } from './run-store.ts';

const DUPLICATE_KEY = 11000;

export function createMongoRunStore(database: Database): RunStore {
  const runCollection = database.collection(runs);
  const batchCollection = database.collection(batches);

  return {
    async beginBatch(batch) {
      await batchCollection.insertOne(batch);
    },

    async endBatch(batchId) {
      await batchCollection.deleteOne({ _id: batchId });
    },

    async insert(batchId, newRuns) {
      const documents = newRuns.map((run) => ({ ...run, hold: { batch: batchId, isCommitted: true, from: 0 } }));
      const inserted = new Set(newRuns.map((run) => run._id));
      if (documents.length === 0) return inserted;
      try {
        await runCollection.insertMany(documents, { ordered: false });
      } catch (error) {
        if (!(error instanceof MongoBulkWriteError)) throw error;
        const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
        for (const failure of failures) {
          if (failure.code !== DUPLICATE_KEY) throw error;
          inserted.delete((documents[failure.index] as RunRecord)._id);
        }
      }
      return inserted;
    },

    async dueIds(now, limit) {
      const due = runCollection
        .find({ wakeAt: { $lte: now }, hold: { $exists: false } })
        .sort({ wakeAt: 1 })
        .limit(limit)
        .project<{ _id: string }>({ _id: 1 });
      return (await due.toArray()).map((run) => run._id);
    },

    async hold(batchId, runIds, now) {
      const mine = { _id: { $in: [...runIds] } };
      await runCollection.updateMany(
        { ...mine, wakeAt: { $lte: now }, hold: { $exists: false } },
        { $set: { hold: { batch: batchId } } },
      );
      return runCollection.find({ ...mine, 'hold.batch': batchId }).toArray();
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

    async confirm(batchId, runIds, reached, at) {
      const free = { $unset: { hold: true, effects: true } } as const;
      const reachedIds = new Set(reached);
      const others = runIds.filter((id) => !reachedIds.has(id));
      const held = (ids: readonly string[]) => ({ _id: { $in: [...ids] }, 'hold.batch': batchId });
      await Promise.all([
        reached.length > 0 && runCollection.updateMany(held(reached), { ...free, $min: { reachedAt: at } }),
        others.length > 0 && runCollection.updateMany(held(others), free),
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

/** Everything a step changed, in one update of one document, only while this batch holds the run. */
function commitOf(batchId: string, run: RunRecord): AnyBulkWriteOperation<RunRecord> {
  const {
    _id,
    flowId: _flow,
    version: _version,
    profileId: _profile,
    entryKey: _key,
    enteredAt: _entered,
    ...state
  } = run;
  const changed = {
    status: state.status,
    node: state.node,
    path: state.path,
    variants: state.variants,
    hold: { ...state.hold, batch: batchId, isCommitted: true },
    ...(state.wakeAt && { wakeAt: state.wakeAt }),
    ...(state.effects && { effects: state.effects }),
    ...(state.failure && { failure: state.failure }),
    ...(state.endedAt && { endedAt: state.endedAt, endReason: state.endReason }),
  };
  const gone = {
    isRetry: true as const,
    ...(!state.wakeAt && { wakeAt: true as const }),
    ...(!state.effects && { effects: true as const }),
    ...(!state.failure && { failure: true as const }),
  };
  return {
    updateOne: {
      filter: { _id, 'hold.batch': batchId, 'hold.isCommitted': { $ne: true } },
      update: { $set: changed, $unset: gone },
    },
  };
}
