import type { Clock } from '@sluice/shared/time';

/**
 * The same values, each read while the one before it is worked on, with the instant at which its reading began. At most one
 * is held in advance; whoever leaves early leaves nothing behind.
 */
export async function* readAhead<T>(
  source: AsyncIterable<T>,
  clock: Clock,
): AsyncGenerator<{ value: T; readAt: number }> {
  const iterator = source[Symbol.asyncIterator]();
  const begin = () => {
    const readAt = clock.now();
    const result = iterator.next();
    // Its failure is heard when it is its turn; nobody may be waiting by then.
    result.catch(() => {});
    return { readAt, result };
  };
  let next = begin();
  try {
    for (;;) {
      const { readAt, result } = next;
      const { value, done } = await result;
      if (done) return;
      next = begin();
      yield { value, readAt };
    }
  } finally {
    await iterator.return?.();
  }
}
