import { AppError } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import type { WakeUps } from './executor.ts';
import { type RunRecord, runs } from './run-record.ts';

/**
 * Lets a failed run visit the node where it failed once more (RUN-10): its failed visit is taken back, and it becomes due.
 * Throws `not-found` when it is not in the failed state.
 */
export async function retryRun(
  deps: { database: Database; wakeUps: WakeUps; clock: Clock },
  runId: string,
): Promise<RunRecord> {
  const wakeAt = new Date(deps.clock.now());
  const run = await deps.database
    .collection(runs)
    .findOneAndUpdate(
      { _id: runId, status: 'failed', hold: { $exists: false } },
      { $set: { status: 'waiting', wakeAt, rescue: { kind: 'retry' } }, $unset: { failure: true } },
      { returnDocument: 'after' },
    );
  if (!run) throw new AppError('not-found', `There is no failed run ${runId}`, { details: { what: 'run', id: runId } });
  await deps.wakeUps.schedule([wakeAt]);
  return run;
}
