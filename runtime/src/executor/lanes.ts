import type { Logger } from 'pino';
import { BATCH_LEASE_MS } from './batch-record.ts';

/** Drains the runs of flows whose code others must not wait for, each flow for itself (CODE-8). */
export interface Lanes {
  /** Somebody is due in this lane. */
  kick(lane: string): void;
  /** Somebody may be due in some lane. */
  look(): void;
}

/** Lanes that one process drains side by side; they do little but wait for the sandbox, which deals out turns (CODE-6). */
const LANES_AT_ONCE = 64;
/** A batch is kept well before its lease is over. */
const KEEP_EVERY_MS = BATCH_LEASE_MS / 4;

/**
 * Drains each lane by itself, in the background: whoever kicks does not wait, and a lane that takes long keeps no other
 * from its turn (CODE-8). What is told here is a hint and may be lost: what is due stands in the store, and is looked for
 * whenever something comes due, and by the sweep.
 */
export function createLanes(deps: {
  /** Advances some of the runs that are due in a lane; answers how many. */
  drain(lane: string): Promise<number>;
  due(): Promise<string[]>;
  log: Logger;
}): Lanes & { stop(): Promise<void> } {
  const underWay = new Map<string, { again: boolean; done: Promise<void> }>();
  const pending = new Set<string>();
  let looking: Promise<void> | undefined;
  const self = { isStopped: false, looksAgain: false };

  const drainAll = async (lane: string, state: { again: boolean }) => {
    try {
      do {
        state.again = false;
        while (!self.isStopped && (await deps.drain(lane)) > 0);
      } while (state.again && !self.isStopped);
    } catch (error) {
      deps.log.error({ err: error, lane }, 'a lane could not be drained');
    }
  };

  const begin = (lane: string) => {
    const state = { again: false, done: Promise.resolve() };
    underWay.set(lane, state);
    state.done = drainAll(lane, state).finally(() => {
      underWay.delete(lane);
      const [next] = pending;
      if (next === undefined || self.isStopped) return;
      pending.delete(next);
      begin(next);
    });
  };

  const kick = (lane: string) => {
    if (self.isStopped) return;
    const known = underWay.get(lane);
    if (known) known.again = true;
    else if (underWay.size < LANES_AT_ONCE) begin(lane);
    else pending.add(lane);
  };

  const lookOnce = async () => {
    try {
      do {
        self.looksAgain = false;
        for (const lane of await deps.due()) kick(lane);
      } while (self.looksAgain && !self.isStopped);
    } catch (error) {
      deps.log.error({ err: error }, 'could not look who is due in which lane');
    }
  };

  return {
    kick,
    look() {
      if (self.isStopped) return;
      self.looksAgain = true;
      looking ??= lookOnce().finally(() => {
        looking = undefined;
      });
    },
    async stop() {
      self.isStopped = true;
      pending.clear();
      await looking;
      await Promise.all([...underWay.values()].map(({ done }) => done));
    },
  };
}

/** Does work that may take longer than a lease, and renews the lease meanwhile. A renewal that fails costs the lease, no more. */
export async function keepWhile<T>(keep: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void keep().catch(() => undefined), KEEP_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
