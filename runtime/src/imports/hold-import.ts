import type { Clock } from '@sluice/shared/time';
import type { Collection } from 'mongodb';
import type { ImportRecord } from './import-record.ts';

/** Well within the time after which the scheduler gives a job that does not touch its lock to another worker. */
const HOLD_EVERY_MS = 10_000;

export interface ImportHold {
  /** Aborted when another worker has the import, or it was cancelled. */
  signal: AbortSignal;
  /** Says once more that this worker lives, or finds that the import is not its own any more. */
  beat(): Promise<void>;
  release(): void;
}

/**
 * Keeps an import for its worker by the clock, not by its progress: to come back to where it was, a worker reads over
 * everything before, and on a busy machine that, or one batch, takes longer than the lock lasts. Without this the import
 * would be given away again and again, and never get on.
 */
export function holdImport(
  deps: { collection: Collection<ImportRecord>; clock: Clock },
  { importId, fence }: { importId: string; fence: string },
  job: { touch(): Promise<void> },
): ImportHold {
  const lost = new AbortController();
  const hold: ImportHold = {
    signal: lost.signal,
    async beat() {
      const { matchedCount } = await deps.collection.updateOne(
        { _id: importId, status: 'running', fence },
        { $set: { heldAt: new Date(deps.clock.now()) } },
      );
      if (matchedCount === 0) lost.abort();
      else await job.touch();
    },
    release: () => clearInterval(timer),
  };
  // A beat that fails is followed by the next; the fence is looked at with every batch all the same.
  const timer = setInterval(() => void hold.beat().catch(() => {}), HOLD_EVERY_MS);
  return hold;
}
