import type { Logger } from 'pino';
import type { CallQueue, ClaimedCall } from './call-queue.ts';
import type { CallListener, SettledCall } from './calls.ts';
import { gatherWrites } from '../stores/gathered-writes.ts';
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
/** So long others are waited for. */
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
  const writes = gatherWrites<{ call: ClaimedCall; settlement: Settlement }>(
    async (batch) => {
      try {
        await report(await queue.settle(batch));
      } catch (error) {
        // What was not stored is called again once its claim runs out, under the same key; what was not told is swept.
        log.error({ err: error, calls: batch.length }, 'what became of calls could not be stored or told');
      }
    },
    { many: MANY, waitMs: (batch) => (batch.some(({ call }) => call.awaitedBy) ? AWAITED_MS : GATHER_MS) },
  );

  return {
    add: (call, settlement) => writes.add([{ call, settlement }]),
    flush: () => writes.flush(),
    async sweep() {
      for (;;) {
        const over = await queue.findUnreported(REPORTS);
        await report(over);
        if (over.length < REPORTS) return;
      }
    },
  };

  async function report(over: readonly SettledCall[]): Promise<void> {
    if (over.length === 0) return;
    await listener.settled(over);
    await queue.markReported(over.map(({ effectId }) => effectId));
  }
}
