import type { Clock } from '@sluice/shared/time';
import type { RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';
import type { WakeUps } from './executor.ts';

/** Which flows hold their runs back (RUN-9); read anew each time, since another process may pause. */
export interface FlowPauses {
  paused(flowIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Paused, or being resumed: what is parked there is not to be let go one by one. */
  holding(flowIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** How batches leave the runs of paused flows alone. */
export interface Pausing {
  /** Parks those of the runs, held by the batch, whose flows are paused; answers these flows. */
  park(batchId: string, held: readonly RunRecord[]): Promise<ReadonlySet<string>>;
  /**
   * A flow may be resumed between the look at it and the parking. Whoever parks looks again behind it, and so does whoever
   * finishes the batch of one that died: a run that was parked too late never stays behind.
   */
  letGoOfResumed(runIds: readonly string[]): Promise<void>;
}

export function createPausing(deps: { store: RunStore; wakeUps: WakeUps; pauses?: FlowPauses; clock: Clock }): Pausing {
  const { store, pauses } = deps;

  const letGoOfResumed: Pausing['letGoOfResumed'] = async (runIds) => {
    if (!pauses) return;
    const parked = await store.parked(runIds);
    if (parked.length === 0) return;
    const holding = await pauses.holding([...new Set(parked.map(({ flowId }) => flowId))]);
    const freed = parked.filter(({ flowId }) => !holding.has(flowId)).map(({ _id }) => _id);
    if (freed.length === 0) return;
    const now = new Date(deps.clock.now());
    await store.unpark(freed, now);
    await deps.wakeUps.schedule([now]);
  };

  return {
    letGoOfResumed,
    async park(batchId, held) {
      if (!pauses || held.length === 0) return new Set();
      const paused = await pauses.paused([...new Set(held.map(({ flowId }) => flowId))]);
      const parking = held.filter(({ flowId }) => paused.has(flowId)).map(({ _id }) => _id);
      if (parking.length === 0) return paused;
      await store.park(batchId, parking);
      await letGoOfResumed(parking);
      return paused;
    },
  };
}
