/** Where "now" comes from; only adapters read the wall clock (RUN-7). */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
}

export * from './describe-time.ts';
export * from './durations.ts';
export * from './instant.ts';
export * from './parse-instant.ts';
export * from './profile-zone.ts';
