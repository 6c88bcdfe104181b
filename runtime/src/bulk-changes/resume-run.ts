import { createHash } from 'node:crypto';
import type { ResumePolicy } from '@sluice/shared/model';
import type { RunRecord } from '../executor/run-record.ts';
import { findDue } from '../executor/strand.ts';
import { copyOf, endRun } from './end-run.ts';

/**
 * A parked run as its flow is resumed (RUN-9). Skipped is what waited for an instant that has passed; a run that was told
 * of an event, or that a person sent on, has something to do and goes on.
 */
export function resumeRun(stored: RunRecord, how: ResumePolicy, resumedAt: number, now: number): RunRecord | undefined {
  if (!stored.isParked) return undefined;
  if (how.kind === 'skip-overdue' && findDue(stored, now).going.some(({ cause }) => cause?.kind === 'timer'))
    return endRun(stored, { code: 'skipped-overdue' }, now);
  const run = copyOf(stored);
  delete run.isParked;
  const at = how.kind === 'spread' ? resumedAt + Math.floor(placeOf(run._id) * how.overMs) : now;
  run.wakeAt = new Date(at);
  return run;
}

/** A number in [0, 1) that is always the same for a run (RUN-7). */
function placeOf(runId: string): number {
  return createHash('sha256').update(runId).digest().readUInt32BE(0) / 2 ** 32;
}
