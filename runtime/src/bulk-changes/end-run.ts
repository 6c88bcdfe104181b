import type { Reason } from '@sluice/shared/model';
import { RESTING_STATE, type RunRecord } from '../executor/run-record.ts';
import { positionsOf } from '../executor/strand.ts';
import { close, finish } from '../executor/walk.ts';

/** A resting run to be changed: all its state but what changes is as before. */
export function copyOf(run: RunRecord): RunRecord {
  return { ...run, path: [...run.path], variants: { ...run.variants } };
}

/** The run as it ends where it stands, with all its strands. */
export function endRun(stored: RunRecord, reason: Reason, now: number): RunRecord {
  const run = copyOf(stored);
  for (const field of RESTING_STATE) delete run[field];
  for (const { seq } of positionsOf(stored)) close({ run, world: { now } }, seq, reason);
  return finish(run, reason, now);
}
