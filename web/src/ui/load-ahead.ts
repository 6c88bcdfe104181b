/** Fetches a chunk before it is needed. What does not come now is asked for again, and missed aloud, by whoever needs it. */
export function loadAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
