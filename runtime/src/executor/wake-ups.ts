import type { Clock } from '@sluice/shared/time';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Executor, WakeUps } from './executor.ts';
import type { Lanes } from './lanes.ts';

const WAKE_JOB = 'runs:wake';
const SWEEP_JOB = 'runs:sweep';
const BUCKET_MS = 1000;
const SWEEP_EVERY_MS = 20_000;
/** Runs of one batch: enough to make every query cheap per run, few enough to finish well within the lease. */
const DRAIN_BATCH = 1000;
const REMEMBERED_BUCKETS = 10_000;

/**
 * One job per second in which something is due, never one per waiting run. The bucket lies at the end of its second, so
 * that all its runs are due when it is drained.
 */
export function createWakeUps(scheduler: Scheduler, clock: Clock): WakeUps {
  const known = new Set<number>();
  return {
    async schedule(instants) {
      const now = clock.now();
      const buckets = new Set(instants.map((at) => bucketOf(at.getTime(), now)));
      for (const bucket of buckets) {
        if (known.has(bucket)) continue;
        await scheduler.at(WAKE_JOB, String(bucket), bucket, {});
        if (known.size >= REMEMBERED_BUCKETS) known.clear();
        known.add(bucket);
      }
    },
  };
}

/** When somebody looks after a run that is due at an instant. Unix milliseconds. */
export function bucketOf(at: number, now: number): number {
  return Math.ceil(Math.max(at, now + 1) / BUCKET_MS) * BUCKET_MS;
}

/** Declares the jobs that drain due runs; the sweep finds what a crash left behind. */
export function defineWakeJobs(
  scheduler: Scheduler,
  executor: Executor,
  lanes?: Lanes,
): {
  startSweep(): Promise<void>;
} {
  const drain = async (job: { touch(): Promise<void>; signal: AbortSignal }) => {
    lanes?.look();
    while (!job.signal.aborted && (await executor.drainDue(DRAIN_BATCH)) > 0) await job.touch();
  };
  scheduler.define(WAKE_JOB, (_payload, job) => drain(job));
  scheduler.define(SWEEP_JOB, async (_payload, job) => {
    await executor.recover();
    await drain(job);
  });
  return { startSweep: () => scheduler.every(SWEEP_JOB, 'all', SWEEP_EVERY_MS) };
}
