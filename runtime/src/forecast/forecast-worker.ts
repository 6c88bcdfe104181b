import { parentPort } from 'node:worker_threads';
import { createBucket } from '@sluice/shared/node-contract';
import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import { createCodeRunner } from '../code/code-runner.ts';
import { createForecastEngine, type ForecastEngine } from './forecast-engine.ts';
import type { ForecastAnswer, ForecastAsk } from './forecast-message.ts';

// The thread in which people go through the flow: seconds of computing must not keep anybody's request waiting.

const port = parentPort;
if (port === null) throw new Error('forecast-worker runs in a worker thread');
const bucket = await createBucket();
let engine: ForecastEngine | undefined;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const answer = (message: ForecastAnswer) => port.postMessage(message);

/** Threads for code are made when there is code to run: most flows have none. */
function lazyCode() {
  let runner: ReturnType<typeof createCodeRunner> | undefined;
  return {
    run: (...asked: Parameters<ReturnType<typeof createCodeRunner>['run']>) => {
      runner ??= createCodeRunner({ threads: 1 });
      return runner.run(...asked);
    },
  };
}

port.on('message', async (ask: ForecastAsk) => {
  if (ask.kind === 'begin') {
    engine = createForecastEngine(ask.order, { kinds: { manifests, handlers }, bucket, code: lazyCode() });
    return answer({ kind: 'taken' });
  }
  if (!engine) throw new Error('A forecast begins with its order');
  if (ask.kind === 'finish') return answer({ kind: 'finished', totals: engine.finish() });
  await engine.take(ask.subjects);
  return answer({ kind: 'taken' });
});
