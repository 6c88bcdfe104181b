import { parentPort } from 'node:worker_threads';
import { createBucket } from '@sluice/shared/node-contract';
import type { FeatureSource } from './column.ts';
import { fitModel } from './fit-model.ts';
import { createSampler, type Sampler } from './sample-rows.ts';
import type { TrainingAnswer, TrainingOrder } from './training-message.ts';

// The thread in which one model is trained: minutes of arithmetic must not keep anybody's request waiting.

const port = parentPort;
if (port === null) throw new Error('training-worker runs in a worker thread');
const bucket = await createBucket();
let training: { sources: readonly FeatureSource[]; sampler: Sampler } | undefined;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const answer = (message: TrainingAnswer) => port.postMessage(message);

port.on('message', (order: TrainingOrder) => {
  if (order.kind === 'begin') {
    const { sources, seed, now } = order;
    training = { sources, sampler: createSampler(sources, { seed, now, bucket }) };
    return answer({ kind: 'taken' });
  }
  if (!training) throw new Error('A training begins with its features');
  if (order.kind === 'rows') {
    training.sampler.add(order.rows);
    return answer({ kind: 'taken' });
  }
  const { sources, sampler } = training;
  const result = fitModel(sampler.build(), sources, (share) => answer({ kind: 'progress', share }));
  return answer({ kind: 'fitted', result });
});
