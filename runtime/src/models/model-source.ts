import { AppError } from '@sluice/shared/errors';
import type { MemberSource } from '@sluice/shared/http-api';
import { createBucket } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { SourceReader } from '../audiences/member-source.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Database } from '../stores/database.ts';
import { findCut, isChosen } from './find-cut.ts';
import { type ModelRecord, models, type TrainedRecord } from './model-record.ts';
import { scorePopulation } from './score-population.ts';

const Plan = Type.Object({ trained: Type.String(), score: Type.Number(), tie: Type.Number() });

/** The best by the score of a model, as members of a snapshot. */
export function createModelSource(deps: {
  database: Database;
  reader: ConditionReader;
}): SourceReader<Extract<MemberSource, { kind: 'model' }>> {
  const bucket = createBucket();

  async function find(modelId: string): Promise<ModelRecord & { trained: TrainedRecord }> {
    const record = await deps.database.collection(models).findOne({ _id: modelId });
    const { trained } = record ?? {};
    if (record && trained) return { ...record, trained };
    throw failed({
      'en-US': 'The model it was made from is not there any more.',
      'zh-CN': '生成它的模型已不存在。',
    });
  }

  return {
    /** Where the best end is fixed before the first member is written: a walk that resumes goes on to the same end. */
    async prepare({ model: modelId, selection, isWithoutLabelled }, instant, touch) {
      const model = await find(modelId);
      const asked = { reader: deps.reader, bucket: await bucket };
      const walk = scorePopulation(asked, model, instant, { isWithoutLabelled });
      const cut = await findCut(selection, scoredPages(walk, touch));
      return { trained: model.trained.id, ...cut };
    },

    async *survey({ model: modelId, isWithoutLabelled }, plan, instant, { afterId }) {
      if (!Value.Check(Plan, plan)) throw new Error('This is no plan of a model');
      const model = await find(modelId);
      if (model.trained.id !== plan.trained)
        throw failed({
          'en-US': 'The model was trained anew while its members were being extracted; extract it again.',
          'zh-CN': '提取成员期间模型已重新训练，请重新提取。',
        });
      const options = { isWithoutLabelled, ...(afterId !== undefined && { afterId }) };
      const walk = scorePopulation({ reader: deps.reader, bucket: await bucket }, model, instant, options);
      for await (const { scored, upToId } of walk)
        yield { upToId, profileIds: scored.filter((each) => isChosen(each, plan)).map(({ record }) => record._id) };
    },
  };
}

async function* scoredPages(walk: ReturnType<typeof scorePopulation>, touch: () => Promise<void>) {
  for await (const { scored } of walk) {
    yield scored;
    await touch();
  }
}

function failed(problem: { 'en-US': string; 'zh-CN': string }): AppError {
  return new AppError('audience-state', problem['en-US'], { details: { problem } });
}
