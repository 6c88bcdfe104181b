import { Worker } from 'node:worker_threads';
import type { SandboxOutcome } from './sandbox.ts';
import { BEGUN, DONE, type WorkerOptions, type WorkOrder, type WorkReport } from './work-order.ts';

/** Stack of the thread; the engine's own limit lies far below it. */
const STACK_MB = 4;
const WATCH_EVERY_MS = 50;

/** Told, once or more, when an input makes no progress for a while. */
interface Quiet {
  afterMs: number;
  tell(): void;
}

export interface CodeThread {
  /**
   * Works off the first inputs of an order, at least one, as many as fit into a turn; one order at a time. Inputs that keep
   * the thread from going on end as `time`.
   */
  work(order: Omit<WorkOrder, 'progress'>, quiet?: Quiet): Promise<WorkReport>;
  stop(): Promise<void>;
}

/** Of an input that had to be ended with its thread. */
export const STUCK: SandboxOutcome = { isOk: false, code: 'time', message: 'It could not be stopped in time' };

/**
 * A worker thread that is ended and replaced when it makes no progress for `hardLimitMs`: the engine asks for the time
 * only between its own steps, and some of them (joining a huge list) take seconds. Runs are pure, so what was done after
 * the last report may be done again.
 */
export function createCodeThread(hardLimitMs: number, options: WorkerOptions = { hasLowPriority: false }): CodeThread {
  let worker: Worker | undefined;

  function start(): Worker {
    const started = new Worker(new URL('./code-worker.ts', import.meta.url), {
      env: {},
      workerData: options,
      execArgv: [],
      stdin: false,
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    started.unref();
    return started;
  }

  /** The report, or how many inputs were done before the thread got stuck. */
  function attempt(order: WorkOrder, quiet?: Quiet): Promise<WorkReport | number> {
    const current = (worker ??= start());
    return new Promise((resolve, reject) => {
      let done = 0;
      let quietMs = 0;
      const watch = setInterval(() => {
        // A thread that is only starting is not stuck, however busy the machine is.
        const progress = Atomics.load(order.progress, DONE);
        const hasBegun = Atomics.load(order.progress, BEGUN) === 1;
        quietMs = hasBegun && progress === done ? quietMs + WATCH_EVERY_MS : 0;
        done = progress;
        if (quiet && quietMs >= quiet.afterMs) quiet.tell();
        if (quietMs >= hardLimitMs) finish(() => resolve(done));
      }, WATCH_EVERY_MS);
      const finish = (settle: () => void) => {
        clearInterval(watch);
        current.off('message', onReport).off('error', onError).off('exit', onExit);
        current.unref();
        settle();
      };
      const onReport = (report: WorkReport) => finish(() => resolve(report));
      const onError = (error: unknown) => {
        worker = undefined;
        finish(() => reject(error));
      };
      const onExit = (code: number) => onError(new Error(`The code thread ended by itself with ${code}`));
      current.on('message', onReport).on('error', onError).on('exit', onExit);
      current.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      current.postMessage(order);
    });
  }

  async function end(): Promise<void> {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  }

  return {
    async work(order, quiet) {
      const { inputs } = order;
      const answer = await attempt({ ...order, progress: new Int32Array(new SharedArrayBuffer(8)) }, quiet);
      if (typeof answer !== 'number') return answer;
      await end();
      const before = answer > 0 ? await this.work({ ...order, inputs: inputs.slice(0, answer) }) : [];
      // What was done before it got stuck may take another turn now.
      return before.length === answer ? [...before, STUCK] : before;
    },
    stop: end,
  };
}
