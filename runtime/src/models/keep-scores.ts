import { randomUUID } from 'node:crypto';
import type { Bucket } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import { markUpdate, type ProfileWatch } from '../profiles/profile-watch.ts';
import type { Database } from '../stores/database.ts';
import { models } from './model-record.ts';
import { scorePopulation, type ScoredProfile } from './score-population.ts';

export interface ScoreDeps {
  database: Database;
  reader: ConditionReader;
  dictionary: Pick<Dictionary, 'observe'>;
  watch?: ProfileWatch;
  bucket: Promise<Bucket>;
  clock: Clock;
  timeZone: string;
}

/** Scores are chances; six places tell apart more than a model knows. */
const PLACES = 1e6;

/**
 * Writes the score of everyone the model is about as an attribute. It resumes behind its checkpoint; a page done twice
 * changes nothing. Returns early when it was cancelled, replaced or taken over, or the process stops.
 */
export async function keepScores(
  deps: ScoreDeps,
  modelId: string,
  scoringId: string,
  job: { touch(): Promise<void>; signal: AbortSignal },
): Promise<void> {
  const collection = deps.database.collection(models);
  const fence = randomUUID();
  const mine = { _id: modelId, 'scoring.id': scoringId, 'scoring.status': 'running' as const };
  const record = await collection.findOneAndUpdate(
    mine,
    { $set: { 'scoring.fence': fence } },
    { returnDocument: 'after' },
  );
  if (!record?.scoring || !record.trained) return;
  const { trained } = record;
  const { attribute, afterId } = record.scoring;
  const held = { ...mine, 'scoring.fence': fence };
  const total = Math.max(1, await deps.database.collection(profiles).estimatedDocumentCount());
  const instant = { now: record.scoring.startedAt.getTime(), timeZone: deps.timeZone };
  let done = record.scoring.profiles;
  const options = { isWithoutLabelled: false, ...(afterId !== undefined && { afterId }) };
  const asked = { reader: deps.reader, bucket: await deps.bucket };
  for await (const { scored, upToId } of scorePopulation(asked, { ...record, trained }, instant, options)) {
    await writeScores(deps, attribute, scored);
    done += scored.length;
    const news = { afterId: upToId, profiles: done, progress: Math.min(1, done / total) };
    const set = Object.fromEntries(Object.entries(news).map(([name, value]) => [`scoring.${name}`, value]));
    const { matchedCount } = await collection.updateOne(held, { $set: set });
    await job.touch();
    if (matchedCount === 0 || job.signal.aborted) return;
  }
  await collection.updateOne(held, {
    $set: { 'scoring.status': 'done', 'scoring.progress': 1, 'scoring.finishedAt': new Date(deps.clock.now()) },
    $unset: { 'scoring.fence': true },
  });
}

/** Only scores that differ are written, and marked for whoever follows the attribute in the same update. */
async function writeScores(deps: ScoreDeps, attribute: string, scored: readonly ScoredProfile[]): Promise<void> {
  const updatedAt = new Date(deps.clock.now());
  const marker = await deps.watch?.marker();
  const mark = markUpdate(marker?.markOf([attribute]));
  const writes = scored.flatMap(({ record, score }): AnyBulkWriteOperation<ProfileRecord>[] => {
    const value = Math.round(score * PLACES) / PLACES;
    if (record.attributes[attribute] === value) return [];
    const set = { [`attributes.${attribute}`]: value, updatedAt, ...mark.$set };
    const update = { $set: set, ...(mark.$addToSet && { $addToSet: mark.$addToSet }) };
    return [{ updateOne: { filter: { _id: record._id }, update } }];
  });
  if (writes.length > 0) await deps.database.collection(profiles).bulkWrite(writes, { ordered: false });
  const [first] = scored;
  if (first) deps.dictionary.observe({ attributes: [{ [attribute]: first.score }], at: updatedAt });
  deps.watch?.wake();
}
