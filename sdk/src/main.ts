import { createKeep } from './keep.ts';
import { createQueue } from './queue.ts';
import { createSender } from './sender.ts';
import { createTracker, type Tracker } from './tracker.ts';
import { watchPages } from './watch-pages.ts';

type Waiting = [keyof Tracker, ...unknown[]];

declare global {
  interface Window {
    /** Before the script is here, an array of calls; then what takes them. */
    sluice?: Waiting[] | (Tracker & { push(call: Waiting): void });
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const writeKey = script?.dataset['writeKey'];

if (!script || !writeKey) console.warn('sluice: the script tag has no data-write-key');
else start(new URL(script.src).origin, writeKey, script.dataset['pages'] !== 'off');

function start(origin: string, key: string, isWatching: boolean): void {
  const keep = createKeep(() => localStorage);
  const queue = createQueue(keep);
  const sender = createSender({
    url: `${origin}/v1/batch?writeKey=${encodeURIComponent(key)}`,
    queue,
    fetch: (url, init) => fetch(url, init),
    beacon: (url, body) => navigator.sendBeacon(url, body),
    warn: (text) => console.warn(text),
    random: Math.random,
    wait: (ms, run) => void setTimeout(run, ms),
  });
  const tracker = createTracker({
    keep,
    place: () => ({
      url: location.href,
      path: location.pathname,
      title: document.title,
      referrer: document.referrer,
    }),
    send(call) {
      queue.add(call);
      sender.wake();
    },
  });
  const take = ([name, ...values]: Waiting) => (tracker[name] as (...given: unknown[]) => void)(...values);
  const waiting = Array.isArray(window.sluice) ? window.sluice : [];
  window.sluice = { ...tracker, push: take };
  for (const call of waiting) take(call);
  if (isWatching) watchPages(window, () => tracker.page());
  // The only sign of a page that goes which browsers on phones give.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') sender.handOver();
  });
  addEventListener('pagehide', () => sender.handOver());
  addEventListener('online', () => sender.wake());
  // What an earlier visit left.
  sender.wake();
}
