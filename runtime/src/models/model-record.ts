import type { Condition } from '@sluice/shared/condition';
import type { ModelKind, ModelReport, ModelScoring, ModelTraining } from '@sluice/shared/http-api';
import { declareCollection } from '../stores/database.ts';
import type { FittedModel } from './fit-model.ts';

/**
 * running → done | failed | cancelled; a new one replaces it. Whoever holds `id` and `fence` may move it on: another
 * training or another worker puts its own.
 */
interface JobRecord<Status extends string> {
  id: string;
  status: Status;
  /** 0 to 1. */
  progress: number;
  profiles: number;
  fence?: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface TrainingRecord extends JobRecord<ModelTraining['status']> {
  phase: ModelTraining['phase'];
  problem: ModelTraining['problem'];
}

/** `afterId` is a checkpoint, never ahead of what is written. */
export interface ScoringRecord extends JobRecord<ModelScoring['status']> {
  attribute: string;
  afterId?: string;
}

/** What scores profiles and how good it is; replaced as a whole. Lists, not documents: values may be called `$` or `a.b`. */
export interface TrainedRecord {
  /** Another one with each training. */
  id: string;
  at: Date;
  model: FittedModel;
  report: ModelReport;
}

export interface ModelRecord {
  _id: string;
  name: string;
  kind: ModelKind;
  /** Who is a positive: who responded, or who is in the seed audience. */
  label: Condition;
  /** Whom it learns from and scores; null for everyone. */
  among: Condition | null;
  include: string[] | null;
  exclude: string[];
  seed: number;
  training: TrainingRecord;
  trained: TrainedRecord | null;
  scoring: ScoringRecord | null;
  /** It is trained again by itself, `nextAt` at the latest. */
  retrain?: { everyDays: number; nextAt: Date };
  createdAt: Date;
  createdBy: string;
}

export const models = declareCollection<ModelRecord>('models', [
  { key: { createdAt: -1, _id: -1 } },
  { key: { name: 1 }, options: { unique: true } },
  { key: { 'training.status': 1 } },
  { key: { 'scoring.status': 1 } },
  { key: { 'retrain.nextAt': 1 } },
]);
