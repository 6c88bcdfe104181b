import type { Rescue } from '@sluice/shared/model';
import type { RunRecord } from '../executor/run-record.ts';
import { copyOf, endRun } from './end-run.ts';

/** A failed run as a person decides about it (RUN-10): it visits the node once more, leaves it by a port, or ends there. */
export function rescueRun(stored: RunRecord, action: Rescue, now: number): RunRecord | undefined {
  if (stored.status !== 'failed') return undefined;
  if (action.kind === 'end') {
    const message = stored.failure?.message ?? '';
    return endRun(stored, { code: 'ended-by-hand', values: { message } }, now);
  }
  const run = copyOf(stored);
  delete run.failure;
  run.status = 'waiting';
  run.wakeAt = new Date(now);
  run.rescue = action;
  return run;
}
