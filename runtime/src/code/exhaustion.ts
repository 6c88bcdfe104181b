import { STUCK } from './code-thread.ts';
import type { SandboxOutcome } from './sandbox.ts';

/** So often in a row a source may use up its limits before the rest of its batch is not tried any more. */
const MOST_IN_A_ROW = 20;
/** One that was given up is tried on so many inputs of each later batch, until it ends by itself again. */
const TRIES_WHEN_GIVEN_UP = 5;
/** An input with long limits counts for as many as it takes the time of. */
const COUNTS_ONCE_MS = 250;
/** Sources that are remembered; one that does no harm needs no place. */
const MOST_REMEMBERED = 1000;

/** What is known of a source from its last inputs, over all its batches (CODE-7). */
export interface Standing {
  /** Tells what came of inputs, in order. */
  note(outcomes: readonly SandboxOutcome[], timeoutMs: number): void;
  /** Its last input used up its limits. */
  isOffender(): boolean;
}

export interface Standings {
  of(source: string): Standing;
  /** A batch of a source begins: until when it is tried. */
  begin(source: string): { isGivenUp(): boolean };
}

/** Whether sources do nothing but use up their limits; one that ends by itself once in a while is tried to the end. */
export function createStandings(hardLimitMs: number): Standings {
  const inARow = new Map<string, number>();
  const countOf = (source: string) => inARow.get(source) ?? 0;

  function set(source: string, count: number): void {
    inARow.delete(source);
    if (count === 0) return;
    inARow.set(source, count);
    if (inARow.size > MOST_REMEMBERED) inARow.delete(inARow.keys().next().value as string);
  }

  return {
    of: (source) => ({
      note(outcomes, timeoutMs) {
        let count = countOf(source);
        for (const outcome of outcomes) {
          const isUsedUp = !outcome.isOk && (outcome.code === 'time' || outcome.code === 'memory');
          const weight = Math.max(1, (outcome === STUCK ? hardLimitMs : timeoutMs) / COUNTS_ONCE_MS);
          count = isUsedUp ? count + weight : 0;
        }
        set(source, count);
      },
      isOffender: () => countOf(source) > 0,
    }),
    begin(source) {
      set(source, Math.min(countOf(source), MOST_IN_A_ROW - TRIES_WHEN_GIVEN_UP));
      return { isGivenUp: () => countOf(source) >= MOST_IN_A_ROW };
    },
  };
}
