import type { FeatureSource } from './column.ts';
import type { FitResult } from './fit-model.ts';
import type { LabelledProfile } from './sample-rows.ts';

/** Unix milliseconds in `now`. One answer per order; `fit` is answered by shares of progress and then the result. */
export type TrainingOrder =
  | { kind: 'begin'; sources: readonly FeatureSource[]; seed: number; now: number }
  | { kind: 'rows'; rows: readonly LabelledProfile[] }
  | { kind: 'fit' };

export type TrainingAnswer =
  | { kind: 'taken' }
  | { kind: 'progress'; share: number }
  | { kind: 'fitted'; result: FitResult };
