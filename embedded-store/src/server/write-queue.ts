import type { Catalog } from '../catalog/catalog.ts';
import { StoreError } from '../bson/index.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';

/**
 * Group commit: everything asked for in one turn of the event loop becomes one transaction, and the promises resolve
 * after it is durable. On a slow disk, what came in during a commit also waits a moment for those whom that commit has
 * just answered: else two halves of the clients take turns, each with a commit of its own.
 * States: idle -> queued -> (patient ->) committing (synchronous) -> idle.
 */
export interface WriteQueue {
  /**
   * Runs `body` inside the next transaction. A StoreError rejects this body alone and must come before the body put
   * anything; any other error aborts the whole transaction, and the others are then run one by one.
   */
  run<T>(body: () => T): Promise<T>;
  /** Resolves when nothing is queued any more. */
  drain(): Promise<void>;
}

interface Job {
  body: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

type Outcome = { job: Job; value: unknown } | { job: Job; error: unknown };

/** When a disk counts as slow, and how long a commit waits for others: on a quick disk waiting costs more than it saves. */
const defaults = { slowSyncMs: 2, patienceMs: 1 };

export function createWriteQueue(
  store: OrderedStore,
  catalog: Catalog,
  { slowSyncMs, patienceMs }: typeof defaults = defaults,
): WriteQueue {
  let queued: Job[] = [];
  /** How many bodies the last transaction held, and how long the disk took for it. */
  let answered = 0;
  let syncMs = 0;
  /** True for the one turn that brings what arrived during a commit. */
  let isJustAfter = false;
  /** How many bodies the next transaction waits for; 0 when it does not wait. */
  let expected = 0;
  let patience: NodeJS.Timeout | undefined;

  function commit(jobs: readonly Job[]): void {
    let outcomes: Outcome[] = [];
    let ranAt = 0;
    try {
      store.write(() => {
        outcomes = jobs.map(runJob);
        catalog.saveCounters();
        ranAt = performance.now();
      });
      syncMs = performance.now() - ranAt;
    } catch (error) {
      catalog.reload();
      if (jobs.length === 1) jobs[0]?.reject(error);
      else for (const job of jobs) commit([job]);
      return;
    }
    for (const outcome of outcomes) {
      if ('error' in outcome) outcome.job.reject(outcome.error);
      else outcome.job.resolve(outcome.value);
    }
  }

  function commitQueued(): void {
    clearTimeout(patience);
    patience = undefined;
    const jobs = queued;
    queued = [];
    answered = jobs.length;
    commit(jobs);
    isJustAfter = true;
    setImmediate(() => (isJustAfter = false));
  }

  function commitOrWait(): void {
    if (expected === 0) commitQueued();
    else {
      expected += queued.length;
      patience = setTimeout(commitQueued, patienceMs);
    }
  }

  return {
    run: <T>(body: () => T) =>
      new Promise<T>((resolve, reject) => {
        queued.push({ body, resolve: resolve as (value: unknown) => void, reject });
        if (queued.length === 1) {
          expected = isJustAfter && syncMs >= slowSyncMs ? answered : 0;
          // setImmediate runs after this turn's network input: all of it shares one fsync.
          setImmediate(commitOrWait);
        } else if (patience && queued.length === expected) setImmediate(commitQueued);
      }),
    drain: async () => {
      while (queued.length > 0) await new Promise(setImmediate);
    },
  };
}

function runJob(job: Job): Outcome {
  try {
    return { job, value: job.body() };
  } catch (error) {
    if (error instanceof StoreError) return { job, error };
    throw error;
  }
}
