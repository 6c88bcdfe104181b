import type { RunRecord } from './run-record.ts';

/** Flows that start each other go on for so long and no longer, whatever they start each other by. */
export const MAX_CHAIN_DEPTH = 10;

/**
 * How many starts by flows, each in answer to the last, lead to what this run starts: by an event, by a change of membership
 * or as a sub-flow. Without it flows that answer each other in a circle would go round for ever.
 */
export function depthBehind({ depth = 0, event }: Pick<RunRecord, 'depth' | 'event'>): number {
  return Math.max(depth, event?.depth ?? 0) + 1;
}
