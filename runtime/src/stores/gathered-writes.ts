import { setTimeout as sleep } from 'node:timers/promises';

/** Items that are written many at a time, since a write of many costs little more than a write of few. */
export interface GatheredWrites<T> {
  add(items: readonly T[]): void;
  /** Resolves once everything added so far is written, without waiting for more. */
  flush(): Promise<void>;
}

/** How often a gathering looks whether it should end before its time. */
const LOOK_MS = 50;

/**
 * Waits for up to `waitMs` for others, unless there are `many` already. While one write is under way the next gathers: the
 * busier, the larger the writes. `write` deals with its own failures; it must not throw.
 */
export function gatherWrites<T>(
  write: (items: readonly T[]) => Promise<void>,
  { many, waitMs }: { many: number; waitMs: (items: readonly T[]) => number },
): GatheredWrites<T> {
  let gathered: T[] = [];
  let writing: Promise<void> | undefined;
  const state = { isFlushing: false };

  const begin = () => {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  };

  return {
    add(items) {
      gathered.push(...items);
      void begin();
    },
    async flush() {
      state.isFlushing = true;
      await begin();
      state.isFlushing = false;
    },
  };

  async function writeAll(): Promise<void> {
    while (gathered.length > 0) {
      await waitForOthers();
      const items = gathered;
      gathered = [];
      await write(items);
    }
  }

  async function waitForOthers(): Promise<void> {
    const from = performance.now();
    while (gathered.length < many && !state.isFlushing) {
      const leftMs = from + waitMs(gathered) - performance.now();
      if (leftMs <= 0) return;
      await sleep(Math.min(leftMs, LOOK_MS));
    }
  }
}
