import { declareCollection } from '../stores/database.ts';

/**
 * Events that were recorded together and are yet to be matched. Written before them and removed when every consumer has
 * been told: what a crash leaves is found here. One small record for many events, where a mark in each would be written
 * into as many places of the store as there are events, and taken away there again.
 */
export interface UnmatchedRecord {
  /** A ULID: records are made, found and removed side by side. */
  _id: string;
  /** As in the events. */
  receivedAt: Date;
  /** Some may have been recorded before, and then belong to another record. */
  eventIds: string[];
}

export const unmatchedEvents = declareCollection<UnmatchedRecord>('unmatchedEvents', []);
