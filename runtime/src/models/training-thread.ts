import { Worker } from 'node:worker_threads';
import type { FeatureSource } from './column.ts';
import type { FitResult } from './fit-model.ts';
import type { LabelledProfile } from './sample-rows.ts';
import type { TrainingAnswer, TrainingOrder } from './training-message.ts';

/** One training in a thread of its own. Calls come one after the other: that bounds what waits between the threads. */
export interface TrainingThread {
  begin(sources: readonly FeatureSource[], options: { seed: number; now: number }): Promise<void>;
  take(rows: readonly LabelledProfile[]): Promise<void>;
  fit(onProgress: (share: number) => void): Promise<FitResult>;
  /** Ends it whatever it does; a call that waits rejects. */
  stop(): Promise<void>;
}

const MOST_MEMORY_MB = 1024;

export function createTrainingThread(): TrainingThread {
  const worker = new Worker(new URL('./training-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });

  function ask(order: TrainingOrder, onProgress: (share: number) => void = () => {}): Promise<TrainingAnswer> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
        settle();
      };
      const onAnswer = (answer: TrainingAnswer) => {
        if (answer.kind === 'progress') onProgress(answer.share);
        else finish(() => resolve(answer));
      };
      const onError = (error: unknown) => finish(() => reject(error));
      const onExit = (code: number) => onError(new Error(`The training thread ended with ${code}`));
      worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(order);
    });
  }

  return {
    async begin(sources, options) {
      await ask({ kind: 'begin', sources, ...options });
    },
    async take(rows) {
      await ask({ kind: 'rows', rows });
    },
    async fit(onProgress) {
      const answer = await ask({ kind: 'fit' }, onProgress);
      if (answer.kind !== 'fitted') throw new Error(`The training thread answered ${answer.kind}`);
      return answer.result;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
