/** Where "now" comes from; only adapters read the wall clock (RUN-7). */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
}

export * from './date-value.ts';
export * from './describe-recurrence.ts';
export * from './describe-time.ts';
export * from './durations.ts';
export * from './instant.ts';
export {
  isLocalDate,
  LocalDate,
  msOfDay,
  spellDate,
  TimeOfDay,
  TimeZoneName,
  Weekday,
  wallOfDate,
} from './local-time.ts';
export * from './next-occurrence.ts';
export * from './parse-instant.ts';
export * from './profile-zone.ts';
export { checkRecurrence, Recurrence, type RecurrenceFault, Repeat } from './recurrence.ts';
export { instantOf, isTimeZone, wallOf } from './wall-clock.ts';
export * from './weekly-hours.ts';
