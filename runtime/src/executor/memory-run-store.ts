import type { BatchRecord } from './batch-record.ts';
import { GOAL, type RunRecord, type StoredSignal } from './run-record.ts';
import type { RunStore } from './run-store.ts';

/** The run store in memory, with the same guards: for the sandbox and for tests of the executor's order of things. */
export function createMemoryRunStore(): RunStore & {
  readonly runs: Map<string, RunRecord>;
  readonly batches: Map<string, BatchRecord>;
} {
  const runs = new Map<string, RunRecord>();
  const batches = new Map<string, BatchRecord>();
  const copy = <T>(value: T): T => structuredClone(value);
  const heldBy = (batchId: string, runIds: readonly string[]) =>
    runIds.flatMap((id) => {
      const run = runs.get(id);
      return run?.hold?.batch === batchId ? [run] : [];
    });
  const isDue = (run: RunRecord, now: Date) => run.wakeAt !== undefined && run.wakeAt <= now && !run.hold;

  return {
    runs,
    batches,
    async beginBatch(batch) {
      batches.set(batch._id, copy(batch));
    },
    async keepBatch(batchId, until) {
      const batch = batches.get(batchId);
      if (batch) batch.until = until;
    },
    async endBatch(batchId) {
      batches.delete(batchId);
    },
    async insert(batchId, newRuns) {
      const fresh = newRuns.filter((run) => !runs.has(run._id));
      for (const run of fresh)
        runs.set(run._id, { ...copy(run), hold: { batch: batchId, isCommitted: true, from: 0 } });
      return new Set(fresh.map((run) => run._id));
    },
    async dueIds(now, limit, lane) {
      return [...runs.values()]
        .filter((run) => run.lane === lane && isDue(run, now))
        .sort((a, b) => (a.wakeAt as Date).getTime() - (b.wakeAt as Date).getTime())
        .slice(0, limit)
        .map((run) => run._id);
    },
    async dueLanes(now) {
      const due = [...runs.values()].filter((run) => isDue(run, now));
      return [...new Set(due.flatMap(({ lane }) => lane ?? []))].sort();
    },
    async hold(batchId, runIds, now, lane) {
      for (const id of runIds) {
        const run = runs.get(id);
        if (run && run.lane === lane && isDue(run, now)) run.hold = { batch: batchId };
      }
      return copy(heldBy(batchId, runIds));
    },
    async holdResting(batchId, runIds) {
      for (const id of runIds) {
        const run = runs.get(id);
        if (run?.positions && !run.hold) run.hold = { batch: batchId };
      }
      return copy(heldBy(batchId, runIds));
    },
    async park(batchId, runIds) {
      for (const run of heldBy(batchId, runIds)) {
        if (run.hold?.isCommitted) continue;
        delete run.wakeAt;
        delete run.hold;
        run.isParked = true;
      }
    },
    async parked(runIds) {
      return runIds.flatMap((id) => {
        const run = runs.get(id);
        return run?.isParked ? [{ _id: id, flowId: run.flowId }] : [];
      });
    },
    async unpark(runIds, now) {
      for (const { _id } of await this.parked(runIds)) {
        const run = runs.get(_id) as RunRecord;
        delete run.isParked;
        run.wakeAt = now;
      }
    },
    async commit(batchId, advanced) {
      const kept = new Set<string>();
      for (const run of advanced) {
        const stored = runs.get(run._id);
        if (stored?.hold?.batch !== batchId || stored.hold.isCommitted) continue;
        if (stored.signalCount !== run.signalCount) continue;
        runs.set(run._id, { ...copy(run), hold: { ...run.hold, batch: batchId, isCommitted: true } });
        kept.add(run._id);
      }
      return kept;
    },
    async signal(signals, now) {
      for (const { runId, ...signal } of signals) {
        const run = runs.get(runId);
        if (run) tellRun(run, copy(signal), now);
      }
    },
    async confirm(batchId, runIds, reached, at) {
      const reachedIds = new Set(reached);
      for (const run of heldBy(batchId, runIds)) {
        delete run.hold;
        delete run.effects;
        if (reachedIds.has(run._id)) run.reachedAt ??= at;
      }
    },
    async release(batchId, runIds) {
      for (const run of heldBy(batchId, runIds)) if (!run.hold?.isCommitted) delete run.hold;
    },
    async committedRuns(batchId, runIds) {
      return copy(heldBy(batchId, runIds).filter((run) => run.hold?.isCommitted));
    },
    async takeOverBatch(now, leaseMs) {
      const expired = [...batches.values()].find((batch) => batch.until < now);
      if (!expired) return undefined;
      expired.until = new Date(now.getTime() + leaseMs);
      return copy(expired);
    },
  };
}

/** Leaves a signal with a resting run and makes it due; one that is told twice, or that no step waits for, is void (RUN-6). */
export function tellRun(run: RunRecord, signal: StoredSignal, now: Date): void {
  if (run.status !== 'waiting' && run.status !== 'failed') return;
  if (run.signals?.some(({ id }) => id === signal.id)) return;
  if (signal.event && run.event?.id === signal.event.id) return;
  if (signal.seq !== GOAL && !isAwaited(run, signal)) return;
  run.signals = [...(run.signals ?? []), signal];
  run.signalCount = (run.signalCount ?? 0) + 1;
  if (run.status === 'waiting' && (!run.wakeAt || run.wakeAt > now)) run.wakeAt = now;
}

function isAwaited({ positions = [] }: RunRecord, { seq, await: awaited }: StoredSignal): boolean {
  return positions.some((position) => position.seq === seq && position.awaits?.some(({ id }) => id === awaited));
}
