import { AppError } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { type ModelRecord, models } from './model-record.ts';

/** How often is looked for models that are due. */
export const RENEW_EVERY_MS = 600_000;

/**
 * Trains the models whose time has come, on the results that have come in since, and brings the scores they keep up to
 * date. Each start is one update that also puts the next one off, so a crash trains later and never twice.
 */
export async function renewModels(
  deps: { database: Database; clock: Clock },
  start: {
    training(modelId: string, dueBy: Date): Promise<void>;
    scoring(modelId: string, attribute: string): Promise<void>;
  },
): Promise<void> {
  const collection = deps.database.collection(models);
  const now = new Date(deps.clock.now());
  const due = { 'retrain.nextAt': { $lte: now }, 'training.status': { $ne: 'running' as const } };
  for (const { _id } of await collection.find(due).project<{ _id: string }>({ _id: 1 }).toArray())
    await unlessBusy(start.training(_id, now));
  const kept = await collection
    .find({ 'retrain.nextAt': { $exists: true }, 'training.status': 'done', 'scoring.status': 'done' })
    .project<Pick<ModelRecord, '_id' | 'scoring'> & { trained: { at: Date } | null }>({ scoring: 1, 'trained.at': 1 })
    .toArray();
  for (const { _id, scoring, trained } of kept)
    if (scoring && trained && scoring.startedAt < trained.at) await unlessBusy(start.scoring(_id, scoring.attribute));
}

/** Somebody was faster, or has deleted it: the next look finds how things are. */
async function unlessBusy(starting: Promise<void>): Promise<void> {
  try {
    await starting;
  } catch (error) {
    if (!(error instanceof AppError) || !['model-state', 'not-found'].includes(error.code)) throw error;
  }
}
