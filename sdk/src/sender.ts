import type { Call } from './call.ts';
import type { Queue } from './queue.ts';

export interface Sender {
  /** Sends soon, with what comes meanwhile. */
  wake(): void;
  /** The page goes: hands over what there is. What arrives twice by that is stored once. */
  handOver(): void;
}

/** What browsers take of a page that goes is 64 KiB. */
const MOST_BYTES = 60_000;
const GATHER_MS = 300;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5 * 60_000;

/**
 * One sending at a time, the oldest calls first. A network that is away, a server that is busy or broken: again after a
 * while, each time twice as long, with chance in it so that all visitors do not come back at once. A refusal is final.
 */
export function createSender(deps: {
  url: string;
  queue: Queue;
  fetch(url: string, init: RequestInit): Promise<{ ok: boolean; status: number }>;
  beacon(url: string, body: string): boolean;
  warn(text: string): void;
  random(): number;
  wait(ms: number, run: () => void): void;
}): Sender {
  let isWaiting = false;
  let isSending = false;
  let failures = 0;

  const later = (ms: number) => {
    if (isWaiting) return;
    isWaiting = true;
    deps.wait(ms, () => {
      isWaiting = false;
      void send();
    });
  };

  async function send(): Promise<void> {
    const calls = deps.queue.peek(MOST_BYTES);
    if (isSending || calls.length === 0) return;
    isSending = true;
    const status = await deliver(calls);
    isSending = false;
    if (status === 'again') {
      later(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + deps.random()));
      failures += 1;
      return;
    }
    failures = 0;
    deps.queue.remove(calls);
    later(0);
  }

  async function deliver(calls: Call[]): Promise<'done' | 'again'> {
    try {
      // Plain text: a page of another site may send that without asking first.
      const { ok, status } = await deps.fetch(deps.url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: bodyOf(calls),
        credentials: 'omit',
        keepalive: true,
      });
      if (status >= 500 || status === 429 || status === 408) return 'again';
      if (!ok) deps.warn(`sluice: the server refused ${calls.length} calls with ${status}`);
      return 'done';
    } catch {
      return 'again';
    }
  }

  return {
    wake: () => later(GATHER_MS),
    handOver() {
      const calls = deps.queue.peek(MOST_BYTES);
      if (calls.length > 0) deps.beacon(deps.url, bodyOf(calls));
    },
  };
}

function bodyOf(batch: Call[]): string {
  return JSON.stringify({ batch, sentAt: new Date().toISOString() });
}
