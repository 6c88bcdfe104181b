import type { SandboxLimits, SandboxOutcome, SandboxSource } from './sandbox.ts';

/** What a worker is made with. Of low priority: it computes when nobody else on the machine has something to do. */
export interface WorkerOptions {
  hasLowPriority: boolean;
}

/** What a worker is told: one source and many inputs. */
export interface WorkOrder {
  source: SandboxSource;
  limits: SandboxLimits;
  inputs: readonly { args: string; now: number }[];
  /** How far the worker is; seen from outside even while it is stuck. Cell `BEGUN`: 1 once it has the order; `DONE`: inputs done. */
  progress: Int32Array<SharedArrayBuffer>;
}

export const BEGUN = 0;
export const DONE = 1;

/** Outcomes in the order of the inputs. */
export type WorkReport = SandboxOutcome[];
