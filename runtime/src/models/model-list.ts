import { describeInEach, type NameReading } from '@sluice/shared/condition';
import type { Model, ModelReport, ModelSummary } from '@sluice/shared/http-api';
import type { ReadLevel } from '@sluice/shared/model';
import { Type } from 'typebox';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type ModelRecord, models, type ScoringRecord, type TrainingRecord } from './model-record.ts';

type Listed = Omit<ModelRecord, 'trained'> & { trained: { at: Date; report: { auc: number } } | null };

const DEFAULT_LIMIT = 50;

/** Newest first, without what only scoring needs. */
export async function listModels(
  database: Database,
  { after, limit = DEFAULT_LIMIT }: { after?: string | undefined; limit?: number | undefined },
): Promise<{ items: ModelSummary[]; next: string | null }> {
  const [at, id] = after ? readCursor(after, Type.Number(), Type.String()) : [];
  const createdAt = new Date(at ?? 0);
  const older = { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id ?? '' } }] };
  const rows = await database
    .collection(models)
    .find(at === undefined ? {} : older)
    .project<Listed>({
      name: 1,
      kind: 1,
      training: 1,
      createdAt: 1,
      createdBy: 1,
      'trained.at': 1,
      'trained.report.auc': 1,
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? writeCursor([last.createdAt.getTime(), last._id]) : null;
  return { items: items.map(toSummary), next };
}

export function describeModel(
  record: ModelRecord,
  names: NameReading,
  readLevel: (attribute: string) => ReadLevel,
): Model {
  const { label, among, include, exclude, seed, scoring, trained, retrain } = record;
  const sentenceOf = (condition: ModelRecord['label']) => describeInEach(condition, names);
  return {
    ...toSummary(record),
    label,
    labelSentence: sentenceOf(label),
    among,
    amongSentence: among && sentenceOf(among),
    include,
    exclude,
    seed,
    scoring: scoring && { ...toJob(scoring), attribute: scoring.attribute },
    retrain: retrain ? { everyDays: retrain.everyDays, nextAt: retrain.nextAt.toISOString() } : null,
    report: trained && hideValues(trained.report, readLevel),
  };
}

/** Of an attribute that its reader sees masked a report keeps the figures; one that is hidden is not there. */
function hideValues(report: ModelReport, readLevel: (attribute: string) => ReadLevel): ModelReport {
  const isThere = ({ attribute }: { attribute: string }) => readLevel(attribute) !== 'hidden';
  const features = report.features
    .filter(isThere)
    .map((feature) => (readLevel(feature.attribute) === 'plain' ? feature : { ...feature, effects: [] }));
  return { ...report, features, leftOut: report.leftOut.filter(isThere) };
}

function toSummary(record: Listed): ModelSummary {
  const { _id: id, name, kind, training, trained, createdAt, createdBy } = record;
  return {
    id,
    name,
    kind,
    training: { ...toJob(training), phase: training.phase, problem: training.problem },
    auc: trained?.report.auc ?? null,
    trainedAt: trained?.at.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    createdBy,
  };
}

function toJob({ status, progress, profiles, startedAt, finishedAt }: TrainingRecord | ScoringRecord) {
  return {
    status,
    progress,
    profiles,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
