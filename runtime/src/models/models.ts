import { type Condition, EVERYONE } from '@sluice/shared/condition';
import { AppError, type Words } from '@sluice/shared/errors';
import type { Account, MemberSelection, ModelKind } from '@sluice/shared/http-api';
import { DAY_MS } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { AudienceRecord } from '../audiences/audience-record.ts';
import type { Audiences } from '../audiences/audiences.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { keepScores, type ScoreDeps } from './keep-scores.ts';
import { type ModelRecord, models, type ScoringRecord, type TrainingRecord } from './model-record.ts';
import { RENEW_EVERY_MS, renewModels } from './renew-models.ts';
import { type TrainDeps, trainModel } from './train-model.ts';

export interface NewModel {
  name: string;
  kind: ModelKind;
  label?: Condition | undefined;
  seedAudience?: string | undefined;
  among?: Condition | undefined;
  include?: string[] | undefined;
  exclude?: string[] | undefined;
  seed?: number | undefined;
  retrainEveryDays?: number | undefined;
}

export interface FeatureChoice {
  include?: string[] | undefined;
  exclude?: string[] | undefined;
}

/** Models: trained in the background, and used as audiences and attributes. */
export interface Models {
  /** Throws `model-invalid`, `condition-invalid`, `name-taken`, and `not-found` for the seed audience. */
  create(model: NewModel, by: Account): Promise<ModelRecord>;
  /** Throws `not-found`. */
  get(modelId: string): Promise<ModelRecord>;
  /** Trains anew; what is not named stays. Throws `model-state` while a training is under way. */
  train(modelId: string, choice: FeatureChoice): Promise<ModelRecord>;
  /** Whether it is trained again by itself, and how often; null for never. */
  retrain(modelId: string, everyDays: number | null): Promise<ModelRecord>;
  /** Throws `model-state` when nothing is under way. */
  cancel(modelId: string): Promise<ModelRecord>;
  remove(modelId: string): Promise<void>;
  /** Throws `model-state` before the first training is done, `model-invalid` for an attribute that others fill. */
  keepScores(modelId: string, attribute: string): Promise<ModelRecord>;
  /** Throws `model-state` before the first training is done, and what `Audiences.create` throws. */
  createAudience(
    modelId: string,
    audience: { name: string; selection: MemberSelection; isWithoutLabelled: boolean },
    by: Account,
  ): Promise<AudienceRecord>;
  /** Takes up what a crash left without a job. */
  resume(): Promise<void>;
  /** Looks after the models that are trained by themselves. */
  start(): Promise<void>;
}

export interface ModelsDeps extends TrainDeps, Omit<ScoreDeps, 'dictionary'> {
  dictionary: TrainDeps['dictionary'] &
    ScoreDeps['dictionary'] & { declare(types: Map<string, 'number'>): Promise<void> };
  watch?: ProfileWatch;
  scheduler: Scheduler;
  audiences: Pick<Audiences, 'create' | 'get'>;
}

const TRAIN_JOB = 'models:train';
const SCORE_JOB = 'models:score';
const RENEW_JOB = 'models:renew';
const DEFAULT_SEED = 1;

/** Defines its jobs, so it is called before the scheduler starts. */
export function createModels(deps: ModelsDeps): Models {
  const { database, scheduler, clock } = deps;
  const collection = database.collection(models);
  scheduler.define<{ modelId: string; jobId: string }>(TRAIN_JOB, ({ modelId, jobId }, job) =>
    trainModel(deps, modelId, jobId, job),
  );
  scheduler.define<{ modelId: string; jobId: string }>(SCORE_JOB, ({ modelId, jobId }, job) =>
    keepScores(deps, modelId, jobId, job),
  );
  scheduler.define(RENEW_JOB, () =>
    renewModels(deps, {
      async training(modelId, dueBy) {
        await startTraining(modelId, {}, { 'retrain.nextAt': { $lte: dueBy } });
      },
      async scoring(modelId, attribute) {
        await startScoring(modelId, attribute);
      },
    }),
  );

  async function get(modelId: string): Promise<ModelRecord> {
    const record = await collection.findOne({ _id: modelId });
    if (!record) throw new AppError('not-found', `There is no model ${modelId}`);
    return record;
  }

  // One job per start: were the key the model alone, a start right behind an end would find the old job and add none.
  async function schedule(name: string, modelId: string, { id: jobId }: { id: string }): Promise<void> {
    await scheduler.at(name, `${modelId}/${jobId}`, clock.now(), { modelId, jobId });
  }

  const begin = () => ({
    id: ulid(clock.now()),
    status: 'running' as const,
    progress: 0,
    profiles: 0,
    startedAt: new Date(clock.now()),
    finishedAt: null,
  });
  const beginTraining = (): TrainingRecord => ({ ...begin(), phase: 'reading', problem: null });

  const retrainOf = (everyDays: number) => ({ everyDays, nextAt: new Date(clock.now() + everyDays * DAY_MS) });

  /** Puts off the next training by itself in the same update. */
  async function startTraining(modelId: string, { include, exclude }: FeatureChoice, only: object = {}) {
    const { retrain } = await get(modelId);
    const set = {
      training: beginTraining(),
      ...(include && { include }),
      ...(exclude && { exclude }),
      ...(retrain && { retrain: retrainOf(retrain.everyDays) }),
    };
    const started = await collection.findOneAndUpdate(
      { _id: modelId, 'training.status': { $ne: 'running' }, ...only },
      { $set: set },
      { returnDocument: 'after' },
    );
    if (!started) throw wrongState(UNDER_WAY);
    await schedule(TRAIN_JOB, modelId, started.training);
    return started;
  }

  async function startScoring(modelId: string, attribute: string) {
    const next: ScoringRecord = { ...begin(), attribute };
    const started = await collection.findOneAndUpdate(
      { _id: modelId, 'scoring.status': { $ne: 'running' }, 'training.status': { $ne: 'running' } },
      { $set: { scoring: next } },
      { returnDocument: 'after' },
    );
    if (!started) throw wrongState(UNDER_WAY);
    await schedule(SCORE_JOB, modelId, next);
    return started;
  }

  async function labelOf({ kind, label, seedAudience }: NewModel): Promise<Condition> {
    if (kind === 'response') {
      if (!label) throw invalid(LABEL_MISSING);
      await deps.reader.check(label);
      return label;
    }
    if (seedAudience === undefined) throw invalid(SEED_MISSING);
    await deps.audiences.get(seedAudience);
    return { op: 'audience', audience: seedAudience, is: 'member' };
  }

  return {
    get,

    async create(model, by) {
      const label = await labelOf(model);
      await deps.reader.check(model.among ?? EVERYONE);
      const now = new Date(clock.now());
      const record: ModelRecord = {
        _id: ulid(now.getTime()),
        name: model.name.trim(),
        kind: model.kind,
        label,
        among: model.among ?? null,
        include: model.include ?? null,
        exclude: model.exclude ?? [],
        seed: model.seed ?? DEFAULT_SEED,
        training: beginTraining(),
        trained: null,
        scoring: null,
        ...(model.retrainEveryDays !== undefined && { retrain: retrainOf(model.retrainEveryDays) }),
        createdAt: now,
        createdBy: by.name,
      };
      try {
        await collection.insertOne(record);
      } catch (cause) {
        if (!isDuplicateKey(cause)) throw cause;
        const details = { name: record.name };
        throw new AppError('name-taken', `There is already a model ${record.name}`, { cause, details });
      }
      await schedule(TRAIN_JOB, record._id, record.training);
      return record;
    },

    train: (modelId, choice) => startTraining(modelId, choice),

    async retrain(modelId, everyDays) {
      const update = everyDays === null ? { $unset: { retrain: true } } : { $set: { retrain: retrainOf(everyDays) } };
      const changed = await collection.findOneAndUpdate({ _id: modelId }, update as object, {
        returnDocument: 'after',
      });
      return changed ?? get(modelId);
    },

    async cancel(modelId) {
      await get(modelId);
      const finishedAt = new Date(clock.now());
      for (const job of ['training', 'scoring'] as const) {
        const cancelled = await collection.findOneAndUpdate(
          { _id: modelId, [`${job}.status`]: 'running' },
          {
            $set: { [`${job}.status`]: 'cancelled', [`${job}.finishedAt`]: finishedAt },
            $unset: { [`${job}.fence`]: true },
          },
          { returnDocument: 'after' },
        );
        if (cancelled) return cancelled;
      }
      throw wrongState(NOTHING_UNDER_WAY);
    },

    async remove(modelId) {
      await get(modelId);
      await collection.deleteOne({ _id: modelId });
    },

    async keepScores(modelId, attribute) {
      const { trained, scoring } = await get(modelId);
      if (!trained) throw wrongState(NOT_TRAINED);
      const isOwn = scoring?.attribute === attribute;
      if (!isOwn && (await deps.dictionary.types()).has(attribute)) throw invalid(ATTRIBUTE_TAKEN);
      await deps.dictionary.declare(new Map([[attribute, 'number']]));
      return startScoring(modelId, attribute);
    },

    async createAudience(modelId, { name, selection, isWithoutLabelled }, by) {
      const model = await get(modelId);
      if (!model.trained) throw wrongState(NOT_TRAINED);
      const source = { kind: 'model' as const, model: modelId, name: model.name, selection, isWithoutLabelled };
      return deps.audiences.create({ name, kind: 'snapshot', source }, by);
    },

    async resume() {
      const trainings = collection.find({ 'training.status': 'running' }).project<ModelRecord>({ training: 1 });
      for await (const { _id, training } of trainings) await schedule(TRAIN_JOB, _id, training);
      const scorings = collection.find({ 'scoring.status': 'running' }).project<ModelRecord>({ scoring: 1 });
      for await (const { _id, scoring } of scorings) if (scoring) await schedule(SCORE_JOB, _id, scoring);
    },

    start: () => scheduler.every(RENEW_JOB, 'all', RENEW_EVERY_MS),
  };
}

const LABEL_MISSING: Words = { 'en-US': 'Say who counts as having responded.', 'zh-CN': '请设定目标：怎样算有响应。' };
const SEED_MISSING: Words = {
  'en-US': 'Choose the audience whom the others are to resemble.',
  'zh-CN': '请选择种子人群。',
};
const ATTRIBUTE_TAKEN: Words = {
  'en-US': 'The attribute exists already and would be overwritten. Choose a new name.',
  'zh-CN': '该属性已存在，写入会覆盖原值。请换一个新名称。',
};
const UNDER_WAY: Words = {
  'en-US': 'a training or scoring is under way; wait for it or stop it.',
  'zh-CN': '正在训练或打分，请等待完成或先停止。',
};
const NOTHING_UNDER_WAY: Words = { 'en-US': 'nothing is under way.', 'zh-CN': '没有正在进行的任务。' };
const NOT_TRAINED: Words = { 'en-US': 'it has not been trained yet.', 'zh-CN': '模型尚未完成训练。' };

function invalid(problem: Words): AppError {
  return new AppError('model-invalid', problem['en-US'], { details: { problem } });
}

function wrongState(problem: Words): AppError {
  return new AppError('model-state', problem['en-US'], { details: { problem } });
}
