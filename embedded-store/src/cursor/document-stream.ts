import { type Raw, StoreError } from '../bson/index.ts';

/** Documents in order, pulled in batches. A pull answers at once when it can, else after giving way to other work. */
export interface DocumentStream {
  /** At most `count` documents; an empty answer means that nothing is left. */
  pull(count: number): Raw[] | Promise<Raw[]>;
  /** Known to be at its end without another pull. */
  isDone(): boolean;
  close(): void;
}

/** How long a read may hold the event loop before others get their turn. */
export const sliceMs = 10;

export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock limit from `maxTimeMS`; 0 or absent is none. Throws MaxTimeMSExpired (50) when asked too late. */
export interface TimeLimit {
  check(): void;
}

export function createTimeLimit(maxTimeMs: number): TimeLimit {
  const stopAt = maxTimeMs > 0 ? performance.now() + maxTimeMs : Number.POSITIVE_INFINITY;
  return {
    check: () => {
      if (performance.now() > stopAt) throw new StoreError(50, 'operation exceeded time limit');
    },
  };
}

/** A stream over documents that are already in memory. */
export function streamOf(documents: readonly Raw[]): DocumentStream {
  let at = 0;
  return {
    pull: (count) => {
      const batch = documents.slice(at, at + count);
      at += batch.length;
      return batch;
    },
    isDone: () => at >= documents.length,
    close: () => {
      at = documents.length;
    },
  };
}

/** A stream over the batches of an async iterable, as a pipeline yields them. */
export function streamOfBatches(batches: AsyncIterable<Raw[]>): DocumentStream {
  const iterator = batches[Symbol.asyncIterator]();
  let left: Raw[] = [];
  let isOver = false;
  return {
    isDone: () => isOver && left.length === 0,
    pull: async (count) => {
      // One more than asked for is looked at, so that the last batch is known to be the last.
      while (left.length <= count && !isOver) {
        const step = await iterator.next();
        isOver = step.done === true;
        if (step.done) break;
        left = left.length === 0 ? step.value : left.concat(step.value);
      }
      const batch = left.slice(0, count);
      left = left.slice(count);
      return batch;
    },
    close: () => {
      left = [];
      void iterator.return?.();
    },
  };
}
