import type { EvaluationInstant } from '@sluice/shared/condition';
import type { Bucket } from '@sluice/shared/node-contract';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import type { ModelRecord, TrainedRecord } from './model-record.ts';
import { readPopulation } from './read-population.ts';
import { createScorer } from './score-profile.ts';

export interface ScoredProfile {
  record: ProfileRecord;
  score: number;
  /** In [0, 1), the same for this profile and model for ever: orders equal scores. */
  tie: number;
}

/** Scores whom the model is about, in the order of ids; pages may be empty, and `upToId` says how far they reach. */
export async function* scorePopulation(
  deps: { reader: ConditionReader; bucket: Bucket },
  model: Pick<ModelRecord, '_id' | 'among' | 'label'> & { trained: TrainedRecord },
  instant: EvaluationInstant,
  options: { afterId?: string; isWithoutLabelled: boolean },
): AsyncGenerator<{ scored: ScoredProfile[]; upToId: string }> {
  const score = createScorer(model.trained.model, instant.now);
  const asked = {
    needsLabel: options.isWithoutLabelled,
    ...(options.afterId !== undefined && { afterId: options.afterId }),
  };
  for await (const { profiles, isPositive, upToId } of readPopulation(deps.reader, model, instant, asked)) {
    const scored = profiles
      .filter((_, index) => !isPositive[index])
      .map((record) => ({
        record,
        score: score(record.attributes),
        tie: deps.bucket('model', 'tie', record._id, model._id),
      }));
    yield { scored, upToId };
  }
}
