import { createHash } from 'node:crypto';
import type { Reason, RunStatus } from '@sluice/shared/model';
import type { Effect } from '@sluice/shared/node-contract';
import { declareCollection } from '../stores/database.ts';

/** One node visit; its place in `path` is its seq. Unix milliseconds. */
export interface StepRecord {
  node: string;
  enteredAt: number;
  leftAt?: number;
  port?: string;
  reason?: Reason;
}

/** An effect that a step decided, performed under the id `runId/seq/index` after the commit (RUN-3). */
export interface DecidedEffect {
  seq: number;
  index: number;
  effect: Effect;
}

/**
 * The batch that holds the run. While it stands nobody else may advance the run (RUN-1). `isCommitted`: the steps are
 * stored and their effects may be performed. `from`: the first step this batch changed; `isResumed`: it had been entered
 * by an earlier batch.
 */
export interface Hold {
  batch: string;
  isCommitted?: boolean;
  from?: number;
  isResumed?: boolean;
}

export interface Conversion {
  event: string;
  at: Date;
  /** Integer minor units of the flow's currency. */
  minor: number;
}

/** One profile's way through one flow version. Position, path, wake time and decided effects change together (RUN-2). */
export interface RunRecord {
  _id: string;
  flowId: string;
  version: number;
  profileId: string;
  entryKey: string;
  status: RunStatus;
  /** Where it stands or ended. */
  node: string;
  enteredAt: Date;
  endedAt?: Date;
  endReason?: Reason;
  /** Present only while waiting. */
  wakeAt?: Date;
  path: StepRecord[];
  /** Split node → variant. */
  variants: Record<string, string>;
  failure?: { message: string; at: Date };
  /** A failed visit that a person asked to be tried again: the node is entered anew. */
  isRetry?: true;
  effects?: DecidedEffect[];
  hold?: Hold;
  reachedAt?: Date;
  clickedAt?: Date;
  convertedAt?: Date;
  conversions?: Conversion[];
  valueMinor?: number;
}

export const runs = declareCollection<RunRecord>('runs', [
  { key: { flowId: 1, version: 1, _id: 1 } },
  { key: { profileId: 1, flowId: 1 } },
  { key: { wakeAt: 1 }, options: { partialFilterExpression: { wakeAt: { $exists: true } } } },
  {
    key: { flowId: 1, version: 1, node: 1 },
    options: { name: 'failed_runs', partialFilterExpression: { status: 'failed' } },
  },
]);

/** RUN-4: derived, so that enrolling twice is harmless; the re-entry rule is the choice of the entry key. */
export function runIdOf(flowId: string, profileId: string, entryKey: string): string {
  return createHash('sha256').update(`${flowId}\n${profileId}\n${entryKey}`).digest('base64url').slice(0, 22);
}
