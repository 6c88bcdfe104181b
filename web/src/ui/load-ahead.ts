/** Fetches a chunk before it is needed. What does not come now is asked for again, and missed aloud, by whoever needs it. */
export function loadAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}

/** The same when the page has nothing else to do; whoever calls the result does without. */
export function loadWhenIdle(load: () => Promise<unknown>): () => void {
  // Safari tells nobody that it is idle.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(loadAhead, 0, load);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(() => loadAhead(load));
  return () => cancelIdleCallback(idle);
}
