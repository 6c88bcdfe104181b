import { createQueueDrain, type DrainDeps } from './drain-queue.ts';
import { createRetryPlan } from './retry-plan.ts';

/** The loop of one process over the queue of planned messages. */
export interface MailSender {
  start(): void;
  /** Finishes the messages under way, gives the others back, hangs up. */
  stop(): Promise<void>;
  /** New messages are in the queue: look now instead of at the next poll. */
  wake(): void;
}

export interface SenderTiming {
  /** How long a silent sender keeps what it holds. */
  leaseMs: number;
  /** How often an idle sender looks for work of other processes. */
  pollMs: number;
  retryBaseMs: number;
  maxAttempts: number;
}

const DEFAULT_TIMING: SenderTiming = { leaseMs: 60_000, pollMs: 1000, retryBaseMs: 30_000, maxAttempts: 6 };
const SWEEP_MS = 30_000;
const MAX_PAUSE_MS = 60_000;

export function createMailSender(
  deps: Omit<DrainDeps, 'retry' | 'leaseMs'> & { timing?: Partial<SenderTiming> },
): MailSender {
  const { queue, listener, clock, log } = deps;
  const { leaseMs, pollMs, retryBaseMs, maxAttempts } = { ...DEFAULT_TIMING, ...deps.timing };
  const drain = createQueueDrain({
    ...deps,
    leaseMs,
    retry: createRetryPlan({ baseMs: retryBaseMs, maxAttempts, clock }),
  });
  let stopping = new AbortController();
  let running: Promise<void> | undefined;
  /** Ends the pause under way; a provider that is down is not woken by more work. */
  let endPause: (() => void) | undefined;
  let hasNews = false;
  let failures = 0;
  let sweptAt = 0;

  return {
    start() {
      if (running) return;
      stopping = new AbortController();
      running = run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      endPause?.();
      await running;
      running = undefined;
    },
    wake() {
      hasNews = true;
      if (failures === 0) endPause?.();
    },
  };

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      hasNews = false;
      const outcome = await tryDrain(signal);
      if (outcome === 'worked') continue;
      if (!signal.aborted && !(hasNews && failures === 0)) await pause(pauseMsAfter(outcome));
    }
    drain.hangUp();
  }

  async function tryDrain(signal: AbortSignal): Promise<'idle' | 'worked' | 'unavailable'> {
    try {
      await sweep();
      const outcome = await drain.drainOnce(signal);
      failures = outcome === 'unavailable' ? failures + 1 : 0;
      return outcome;
    } catch (error) {
      failures += 1;
      log.error({ err: error }, 'the mail queue could not be drained; trying again');
      return 'unavailable';
    }
  }

  function pauseMsAfter(outcome: 'idle' | 'unavailable'): number {
    return outcome === 'idle' ? pollMs : Math.min(pollMs * 2 ** (failures - 1), MAX_PAUSE_MS);
  }

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endPause = undefined;
  }

  /** What dead senders left behind: lost messages, and sent ones that nobody was told of. */
  async function sweep(): Promise<void> {
    if (clock.now() - sweptAt < Math.min(SWEEP_MS, leaseMs)) return;
    sweptAt = clock.now();
    const lost = await queue.giveUpLost();
    if (lost > 0) log.warn({ lost }, 'messages of a lost sender may have been sent; they are shown as unknown');
    const unreported = await queue.findUnreported(leaseMs, 1000);
    if (unreported.length === 0) return;
    await listener.sent(unreported.map(({ id, runId, at }) => ({ effectId: id, runId, at })));
    await queue.markReported(unreported.map(({ id }) => id));
  }
}
