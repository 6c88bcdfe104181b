import { Worker } from 'node:worker_threads';
import type { Totals } from './counters.ts';
import type { ForecastAnswer, ForecastAsk, ForecastOrder, Subject } from './forecast-message.ts';

/** One forecast in a thread of its own. Calls come one after the other: that bounds what waits between the threads. */
export interface ForecastThread {
  begin(order: ForecastOrder): Promise<void>;
  take(subjects: readonly Subject[]): Promise<void>;
  finish(): Promise<Totals>;
  /** Ends it whatever it does; a call that waits rejects. */
  stop(): Promise<void>;
}

const MOST_MEMORY_MB = 1024;
/** People live for microseconds: with so much room nearly nothing of them is ever moved. */
const YOUNG_MEMORY_MB = 96;

export function createForecastThread(): ForecastThread {
  const worker = new Worker(new URL('./forecast-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MEMORY_MB },
  });

  function ask(order: ForecastAsk): Promise<ForecastAnswer> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
        settle();
      };
      const onAnswer = (answer: ForecastAnswer) => finish(() => resolve(answer));
      const onError = (error: unknown) => finish(() => reject(error));
      const onExit = (code: number) => onError(new Error(`The forecast thread ended with ${code}`));
      worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(order);
    });
  }

  return {
    async begin(order) {
      await ask({ kind: 'begin', order });
    },
    async take(subjects) {
      await ask({ kind: 'subjects', subjects: [...subjects] });
    },
    async finish() {
      const answer = await ask({ kind: 'finish' });
      if (answer.kind !== 'finished') throw new Error(`The forecast thread answered ${answer.kind}`);
      return answer.totals;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
