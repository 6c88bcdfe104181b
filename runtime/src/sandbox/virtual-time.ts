import type { Clock } from '@sluice/shared/time';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** A clock that stands still until it is moved, and the jobs that are due on it. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** When the earliest job is due; undefined when there is none. Unix milliseconds. */
  nextAt(): number | undefined;
  /** Moves the clock to the earliest job and runs it. Of jobs of one instant the one that was scheduled first comes first. */
  runNext(): Promise<void>;
}

interface Job {
  id: string;
  at: number;
  order: number;
  name: string;
  payload: object;
}

type Run = (payload: never, job: { touch(): Promise<void>; signal: AbortSignal }) => Promise<void>;

/** The scheduler of the sandbox (RUN-8): jobs wait in a heap, and a wait of ninety days is one look at its top. */
export function createVirtualTime(startAt: number, signal: AbortSignal = new AbortController().signal): VirtualTime {
  let now = startAt;
  let order = 0;
  const runs = new Map<string, Run>();
  const heap: Job[] = [];
  /** The job that an id means now: a job whose id was given anew, or cancelled, is passed over when its turn comes. */
  const current = new Map<string, Job>();
  const dropStale = () => {
    while (heap[0] && current.get(heap[0].id) !== heap[0]) popLeast(heap);
  };
  return {
    clock: { now: () => now },
    scheduler: {
      define(name, run) {
        runs.set(name, run);
      },
      async at(name, key, runAt, payload) {
        const job = { id: `${name}\n${key}`, at: Math.max(runAt, now), order: order++, name, payload };
        current.set(job.id, job);
        pushJob(heap, job);
      },
      async every() {},
      async cancelPrefix(name, keyPrefix) {
        for (const id of current.keys()) if (id.startsWith(`${name}\n${keyPrefix}`)) current.delete(id);
      },
      async start() {},
      async stop() {},
    },
    nextAt() {
      dropStale();
      return heap[0]?.at;
    },
    async runNext() {
      dropStale();
      const job = popLeast(heap);
      if (!job) return;
      current.delete(job.id);
      now = job.at;
      const run = runs.get(job.name);
      if (!run) throw new Error(`Nobody has declared the job "${job.name}"`);
      await run(job.payload as never, { touch: async () => {}, signal });
    },
  };
}

function isBefore(a: Job, b: Job): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function pushJob(heap: Job[], job: Job): void {
  let place = heap.push(job) - 1;
  while (place > 0) {
    const above = (place - 1) >> 1;
    if (!isBefore(job, heap[above] as Job)) break;
    heap[place] = heap[above] as Job;
    place = above;
  }
  heap[place] = job;
}

function popLeast(heap: Job[]): Job | undefined {
  const least = heap[0];
  const last = heap.pop();
  if (!least || !last || heap.length === 0) return least;
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1] as Job, heap[below] as Job)) below += 1;
    if (!isBefore(heap[below] as Job, last)) break;
    heap[place] = heap[below] as Job;
    place = below;
  }
  heap[place] = last;
  return least;
}
