import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@sluice/shared/time';

export const DURATION_UNITS = [
  { unit: 'week', ms: 7 * DAY_MS },
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: HOUR_MS },
  { unit: 'minute', ms: MINUTE_MS },
  { unit: 'second', ms: SECOND_MS },
] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number]['unit'];

/** The largest unit in which a span is a whole number, so that 90 minutes stay 90 minutes. Weeks only when chosen. */
export function unitOf(durationMs: number): DurationUnit {
  const fitting = DURATION_UNITS.find(({ unit, ms }) => unit !== 'week' && durationMs % ms === 0 && durationMs > 0);
  return fitting?.unit ?? 'minute';
}

export function msOf(unit: DurationUnit): number {
  return DURATION_UNITS.find((candidate) => candidate.unit === unit)?.ms ?? MINUTE_MS;
}
