import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { ModelTraining } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { chooseSources } from './choose-sources.ts';
import type { FitResult } from './fit-model.ts';
import { type ModelRecord, models } from './model-record.ts';
import { readPopulation } from './read-population.ts';
import { createTrainingThread } from './training-thread.ts';
import { wordShortage } from './word-shortage.ts';

export interface TrainDeps {
  database: Database;
  reader: ConditionReader;
  dictionary: Pick<Dictionary, 'types' | 'flush'>;
  clock: Clock;
  timeZone: string;
  log: Logger;
  /** Whether a model may be taught with an attribute. */
  mayUse: (attribute: string) => boolean;
}

interface Job {
  touch(): Promise<void>;
  signal: AbortSignal;
}

/** Reading is most of the work of a training. */
const READING = 0.7;
const NOTE_EVERY_MS = 500;

/**
 * Trains a model from the beginning and keeps what came of it, all in one update; until then the one before serves. A
 * training that a crash cut off is done again: the same data and seed give the same model. Returns early, changing
 * nothing, when it was cancelled, replaced or taken over, or the process stops.
 */
export async function trainModel(deps: TrainDeps, modelId: string, trainingId: string, job: Job): Promise<void> {
  const collection = deps.database.collection(models);
  const fence = randomUUID();
  const mine = { _id: modelId, 'training.id': trainingId, 'training.status': 'running' as const };
  const record = await collection.findOneAndUpdate(
    mine,
    { $set: { 'training.fence': fence } },
    { returnDocument: 'after' },
  );
  if (!record) return;
  const held = { ...mine, 'training.fence': fence };
  let notedAt = performance.now();

  /** Answers whether the training is still ours; written now and then, and always when `isDue`. */
  async function note(news: Partial<ModelTraining>, isDue = false): Promise<boolean> {
    if (job.signal.aborted) return false;
    if (!isDue && performance.now() - notedAt < NOTE_EVERY_MS) return true;
    notedAt = performance.now();
    const set = Object.fromEntries(Object.entries(news).map(([name, value]) => [`training.${name}`, value]));
    const { matchedCount } = await collection.updateOne(held, { $set: set });
    await job.touch();
    return matchedCount === 1;
  }

  const startedAt = performance.now();
  const outcome = await learn(deps, record, note);
  if (!outcome) return;
  const { result, leftOut } = outcome;
  const finishedAt = new Date(deps.clock.now());
  const done = { 'training.progress': 1, 'training.finishedAt': finishedAt };
  if (!result.isOk) {
    const problem = wordShortage(result.reason);
    await collection.updateOne(held, { $set: { ...done, 'training.status': 'failed', 'training.problem': problem } });
    return;
  }
  const report = {
    ...result.report,
    leftOut: [...leftOut, ...result.report.leftOut],
    trainedInMs: Math.round(performance.now() - startedAt),
  };
  const trained = { id: trainingId, at: finishedAt, model: result.model, report };
  await collection.updateOne(held, {
    $set: { ...done, 'training.status': 'done', trained },
    $unset: { 'training.fence': true },
  });
  deps.log.info({ modelId, auc: report.auc, ms: report.trainedInMs }, 'a model was trained');
}

/** Undefined when the training is not ours any more. */
async function learn(
  deps: TrainDeps,
  record: ModelRecord,
  note: (news: Partial<ModelTraining>, isDue?: boolean) => Promise<boolean>,
): Promise<{ result: FitResult; leftOut: ReturnType<typeof chooseSources>['leftOut'] } | undefined> {
  await deps.dictionary.flush();
  const scores = new Set(await deps.database.collection(models).distinct('scoring.attribute'));
  const { mayUse } = deps;
  const { sources, leftOut } = chooseSources(record, await deps.dictionary.types(), { scores, mayUse });
  const total = await deps.database.collection(profiles).estimatedDocumentCount();
  const now = deps.clock.now();
  const thread = createTrainingThread();
  try {
    await thread.begin(sources, { seed: record.seed, now });
    let read = 0;
    const pages = readPopulation(deps.reader, record, { now, timeZone: deps.timeZone }, { needsLabel: true });
    for await (const { profiles: page, isPositive } of pages) {
      await thread.take(
        page.map(({ _id: id, attributes }, index) => ({
          id,
          isPositive: isPositive[index] === true,
          values: sources.map(({ attribute }) =>
            Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined,
          ),
        })),
      );
      read += page.length;
      if (!(await note({ profiles: read, progress: READING * Math.min(1, read / Math.max(1, total)) })))
        return undefined;
    }
    if (!(await note({ phase: 'fitting', profiles: read, progress: READING }, true))) return undefined;
    const result = await fitWatched(thread, note);
    return result && { result, leftOut };
  } finally {
    await thread.stop();
  }
}

/** Looks beside the arithmetic whether the training is still wanted, and ends it where it is not. */
async function fitWatched(
  thread: ReturnType<typeof createTrainingThread>,
  note: (news: Partial<ModelTraining>, isDue?: boolean) => Promise<boolean>,
): Promise<FitResult | undefined> {
  let share = 0;
  let isWanted = true;
  const watch = setInterval(() => {
    void note({ progress: READING + (1 - READING) * share }, true)
      // Whether it is ours is asked again with the result; a store that is away for a moment is no reason to stop.
      .catch(() => true)
      .then((answer) => {
        if (answer) return undefined;
        isWanted = false;
        return thread.stop();
      });
  }, NOTE_EVERY_MS);
  try {
    return await thread.fit((done) => {
      share = done;
    });
  } catch (error) {
    if (!isWanted) return undefined;
    throw error;
  } finally {
    clearInterval(watch);
  }
}
