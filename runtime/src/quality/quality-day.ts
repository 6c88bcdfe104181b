import { type BreachCode } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

/** What arrived of one attribute or event on one day (UTC). Counts are written about once a second. */
export interface QualityDayRecord {
  /** `qualityDayIdOf`. */
  _id: string;
  kind: 'attribute' | 'event';
  name: string;
  /** YYYY-MM-DD. */
  day: string;
  /** Values written, or events stored. */
  count: number;
  breaches?: Partial<Record<BreachCode, number>>;
  fixed?: number;
  setAside?: number;
  /** Of events: the sum and the most of the time from happening to arriving, in milliseconds. */
  lagMs?: number;
  mostLagMs?: number;
  lastAt: Date;
}

export const qualityDays = declareCollection<QualityDayRecord>('qualityDays', [{ key: { day: 1, kind: 1 } }]);

export function qualityDayIdOf(kind: QualityDayRecord['kind'], name: string, day: string): string {
  return `${day}/${kind}/${name}`;
}
