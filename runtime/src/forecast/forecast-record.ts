import type { Graph } from '@sluice/shared/graph';
import type { Forecast, ForecastBasis, ForecastResult, ForecastSettings } from '@sluice/shared/http-api';
import type { Binary } from 'mongodb';
import { declareCollection } from '../stores/database.ts';

/**
 * running → done | failed | cancelled. Whoever holds `fence` may move it on: another worker puts its own. A forecast that a
 * crash cut off is made again from the beginning: the same people, figures and seed give the same result.
 */
export interface ForecastRecord {
  _id: string;
  flowId: string;
  version: number | null;
  /** The graph that goes through it, as it was; the draft may have changed since. */
  graph: Graph;
  settings: ForecastSettings;
  /** The start of the virtual clock. */
  startAt: Date;
  status: Forecast['status'];
  phase: Forecast['phase'];
  /** 0 to 1. */
  progress: number;
  profiles: number;
  fence?: string;
  /** How often it was begun. */
  tries: number;
  startedAt: Date;
  finishedAt: Date | null;
  createdBy: string;
  problem: Forecast['problem'];
  basis: ForecastBasis | null;
  result: ForecastResult | null;
  /** Counts by hour, packed; see `pack-hours.ts`. */
  hours?: Binary;
}

export const forecasts = declareCollection<ForecastRecord>('forecasts', [
  { key: { flowId: 1, startedAt: -1, _id: -1 } },
  { key: { status: 1 }, options: { partialFilterExpression: { status: 'running' } } },
]);
