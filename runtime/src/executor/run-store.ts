import type { BatchRecord } from './batch-record.ts';
import type { RunRecord, StoredSignal } from './run-record.ts';

/** A signal for a run; repeating its `id` changes nothing. */
export interface RunSignal extends StoredSignal {
  runId: string;
}

/** The executor's storage: MongoDB when live, memory in the sandbox (RUN-8). */
export interface RunStore {
  beginBatch(batch: BatchRecord): Promise<void>;
  /** Gives a batch that is still under way more time. */
  keepBatch(batchId: string, until: Date): Promise<void>;
  endBatch(batchId: string): Promise<void>;
  /** Stores new runs, already advanced, held by the batch; answers the ids that were not there before (RUN-4). */
  insert(batchId: string, runs: readonly RunRecord[]): Promise<Set<string>>;
  /** Ids of runs due at `now` that nobody holds, the longest overdue first: those of a lane, or those that have none. */
  dueIds(now: Date, limit: number, lane?: string): Promise<string[]>;
  /** Lanes in which somebody may be due at `now`. */
  dueLanes(now: Date): Promise<string[]>;
  /** Holds those of the runs that are still due and free, and in the lane or in none; answers them. */
  hold(batchId: string, runIds: readonly string[], now: Date, lane?: string): Promise<RunRecord[]>;
  /** Holds those of the runs that rest and are free, due or not; answers them. */
  holdResting(batchId: string, runIds: readonly string[]): Promise<RunRecord[]>;
  /** Frees held runs whose flow is paused, due no more until they are unparked (RUN-9). What they were told stays. */
  park(batchId: string, runIds: readonly string[]): Promise<void>;
  /** Those of the runs that are parked. */
  parked(runIds: readonly string[]): Promise<Pick<RunRecord, '_id' | 'flowId'>[]>;
  /** Makes parked runs due. */
  unpark(runIds: readonly string[], now: Date): Promise<void>;
  /**
   * Stores advanced runs that the batch still holds (RUN-1, RUN-2) and that were told nothing since they were held (RUN-6);
   * answers their ids. The others stay as they were.
   */
  commit(batchId: string, runs: readonly RunRecord[]): Promise<Set<string>>;
  /**
   * Leaves signals with waiting runs whose step still waits for them and makes those due at `now`, held or not; a signal
   * for a step that was left is void (RUN-6).
   */
  signal(signals: readonly RunSignal[], now: Date): Promise<void>;
  /** Effects performed: frees the runs. `reached` are those to whom a message was sent. */
  confirm(batchId: string, runIds: readonly string[], reached: readonly string[], at: Date): Promise<void>;
  /** Frees the runs that the batch holds without having committed them; after this its late commits change nothing. */
  release(batchId: string, runIds: readonly string[]): Promise<void>;
  committedRuns(batchId: string, runIds: readonly string[]): Promise<RunRecord[]>;
  /** Takes over one batch whose time has passed; none left: undefined. */
  takeOverBatch(now: Date, leaseMs: number): Promise<BatchRecord | undefined>;
}
