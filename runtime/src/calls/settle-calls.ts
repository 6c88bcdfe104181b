import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CallQueue, ClaimedCall } from './call-queue.ts';
import type { CallListener, SettledCall } from './calls.ts';
import type { Settlement } from './settlement.ts';

/** Stores what became of calls and tells the listener, many at a time. */
export interface CallSettler {
  add(call: ClaimedCall, settlement: Settlement): void;
  /** Resolves once everything added so far is stored and told, or given up to the sweep. */
  flush(): Promise<void>;
  /** What dead workers and failed tellings left untold, and calls that were over before they began. */
  sweep(): Promise<void>;
}

const REPORTS = 1000;
/** A write of many costs little more than a write of few: so long others are waited for, unless there are many already. */
const GATHER_MS = 250;
const MANY = 2000;
/** A step that waits for its answer is not to wait for others long. */
const AWAITED_MS = 50;

export function createCallSettler({
  queue,
  listener,
  log,
}: {
  queue: CallQueue;
  listener: CallListener;
  log: Logger;
}): CallSettler {
  let collected: { call: ClaimedCall; settlement: Settlement }[] = [];
  let flushing: Promise<void> | undefined;
  /** `hasAwaited`: of a call that was collected; `isFlushing`: somebody waits for all that was added. */
  const state = { hasAwaited: false, isFlushing: false };

  /** While one write is under way the next collects: the busier, the larger the writes. */
  const write = () => {
    flushing ??= writeAll().finally(() => {
      flushing = undefined;
    });
    return flushing;
  };

  return {
    add(call, settlement) {
      collected.push({ call, settlement });
      state.hasAwaited ||= call.awaitedBy !== undefined;
      void write();
    },
    async flush() {
      state.isFlushing = true;
      await write();
      state.isFlushing = false;
    },
    async sweep() {
      for (;;) {
        const over = await queue.findUnreported(REPORTS);
        await report(over);
        if (over.length < REPORTS) return;
      }
    },
  };

  async function gather(): Promise<void> {
    const until = performance.now() + GATHER_MS;
    while (collected.length < MANY && !state.isFlushing) {
      const leftMs = until - performance.now();
      if (leftMs <= 0) return;
      await sleep(Math.min(leftMs, AWAITED_MS));
      if (state.hasAwaited) return;
    }
  }

  async function writeAll(): Promise<void> {
    while (collected.length > 0) {
      await gather();
      const batch = collected;
      collected = [];
      state.hasAwaited = false;
      try {
        await report(await queue.settle(batch));
      } catch (error) {
        // What was not stored is called again once its claim runs out, under the same key; what was not told is swept.
        log.error({ err: error, calls: batch.length }, 'what became of calls could not be stored or told');
      }
    }
  }

  async function report(over: readonly SettledCall[]): Promise<void> {
    if (over.length === 0) return;
    await listener.settled(over);
    await queue.markReported(over.map(({ effectId }) => effectId));
  }
}
