import { MINUTE_MS } from '@sluice/shared/time';
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = Date.now();

// One timer for all relative times on screen; it rests while none is shown.
function subscribe(onTick: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(() => {
      nowMs = Date.now();
      for (const listener of listeners) listener();
    }, MINUTE_MS / 4);
  }
  listeners.add(onTick);
  return () => {
    listeners.delete(onTick);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function readNow(): number {
  // With no timer running the kept instant may be old: take a new one, but keep it stable within a render pass.
  if (listeners.size === 0 && Date.now() - nowMs > MINUTE_MS / 4) nowMs = Date.now();
  return nowMs;
}

/** Unix milliseconds, renewed every quarter of a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readNow);
}
