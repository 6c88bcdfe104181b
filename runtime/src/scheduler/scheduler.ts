/**
 * The clock work behind a port: Agenda in production, a virtual one in the sandbox. It never holds a job per waiting user.
 * Jobs are at-least-once and must be idempotent.
 */
export interface Scheduler {
  /** Declares what a job name does; before `start`. `touch` keeps a long job's lock. */
  define<T extends object>(
    name: string,
    run: (payload: T, job: { touch(): Promise<void>; signal: AbortSignal }) => Promise<void>,
  ): void;
  /** Runs once at an instant (Unix milliseconds); the same name and key is one job. */
  at<T extends object>(name: string, key: string, runAt: number, payload: T): Promise<void>;
  /** Runs again and again; `key` names the series. */
  every(name: string, key: string, intervalMs: number): Promise<void>;
  /** Forgets the jobs of a name whose key begins so; one that is running goes on. */
  cancelPrefix(name: string, keyPrefix: string): Promise<void>;
  start(): Promise<void>;
  /** Waits for running jobs, then stops. */
  stop(): Promise<void>;
}
