import type { Catalog } from '../catalog/catalog.ts';
import { StoreError } from '../bson/index.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';

/**
 * Group commit: everything asked for in one turn of the event loop becomes one transaction, and the promises resolve
 * after it is durable. States: idle -> waiting (something queued) -> committing (synchronous) -> idle.
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

export function createWriteQueue(store: OrderedStore, catalog: Catalog): WriteQueue {
  let queued: Job[] = [];

  function commit(jobs: readonly Job[]): void {
    let outcomes: Outcome[] = [];
    try {
      store.write(() => {
        outcomes = jobs.map(runJob);
        catalog.saveCounters();
      });
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

  return {
    run: <T>(body: () => T) =>
      new Promise<T>((resolve, reject) => {
        queued.push({ body, resolve: resolve as (value: unknown) => void, reject });
        // setImmediate runs after this turn's network input: all of it shares one fsync.
        if (queued.length === 1) {
          setImmediate(() => {
            const jobs = queued;
            queued = [];
            commit(jobs);
          });
        }
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
