import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';

export const PERIOD_UNITS = ['minute', 'hour', 'day'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

const UNIT_MS: Record<PeriodUnit, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

export interface Period {
  amount: number;
  unit: PeriodUnit;
}

/** In the largest unit that divides it, as the sentence reads it. */
export function periodOf(ms: number): Period {
  const unit = ms % DAY_MS === 0 ? 'day' : ms % HOUR_MS === 0 ? 'hour' : 'minute';
  return { amount: Math.round(ms / UNIT_MS[unit]), unit };
}

/** At least a minute, the shortest window there is. */
export function msOf({ amount, unit }: Period): number {
  return Math.max(MINUTE_MS, Math.round(amount) * UNIT_MS[unit]);
}
