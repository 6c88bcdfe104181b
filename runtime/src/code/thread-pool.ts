import type { CodeThread } from './code-thread.ts';

/** Threads that may be stuck at one time, besides those that work. */
const MOST_ASIDE = 2;

export interface ThreadPool {
  /**
   * Lends a thread for one turn, in the order of asking. Those who come with `isOffender` have a thread of low priority
   * among themselves (CODE-6). Whoever calls `putAside` keeps a thread that makes no progress, and another takes its place.
   */
  withThread<T>(isOffender: boolean, work: (thread: CodeThread, putAside: () => void) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** `size` threads that work, a few more for what gets stuck, and one for sources that used up their limits the last time. */
export function createThreadPool(
  size: number,
  create: (options: { hasLowPriority: boolean }) => CodeThread,
): ThreadPool {
  // Started when they are first used: those for what gets stuck are mostly never.
  const all = Array.from({ length: size + MOST_ASIDE }, () => create({ hasLowPriority: false }));
  const last = create({ hasLowPriority: true });
  const working = createQueue(all, size, MOST_ASIDE);
  const offending = createQueue([last], 1, 0);
  return {
    withThread: (isOffender, work) => (isOffender ? offending : working).withThread(work),
    async stop() {
      await Promise.all([...all, last].map((thread) => thread.stop()));
    },
  };
}

/** Lends at most `size` threads at a time, and of the others to those who have been put aside. */
function createQueue(threads: readonly CodeThread[], size: number, mostAside: number) {
  const idle = threads.toReversed();
  const waiting: ((thread: CodeThread) => void)[] = [];
  let working = 0;
  let aside = 0;

  function serve(): void {
    while (working < size) {
      const next = waiting.shift();
      if (!next) return;
      working += 1;
      next(idle.pop() as CodeThread);
    }
  }

  return {
    async withThread<T>(work: (thread: CodeThread, putAside: () => void) => Promise<T>): Promise<T> {
      const thread = await new Promise<CodeThread>((resolve) => {
        waiting.push(resolve);
        serve();
      });
      let isAside = false;
      const putAside = () => {
        if (isAside || aside >= mostAside) return;
        isAside = true;
        aside += 1;
        working -= 1;
        serve();
      };
      try {
        return await work(thread, putAside);
      } finally {
        if (isAside) aside -= 1;
        else working -= 1;
        // The one used last is used next, so that it has the sources at hand.
        idle.push(thread);
        serve();
      }
    },
  };
}
