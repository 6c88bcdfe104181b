import { declareCollection } from '../stores/database.ts';

export interface EventRecord {
  /** The messageId or a digest of it, so that a repeated call is one event. */
  _id: string;
  profileId: string;
  name: string;
  properties: Record<string, unknown>;
  at: Date;
  receivedAt: Date;
  /** How many events of flows led to this one; absent for one that came from outside. */
  depth?: number;
  /** Profiles it belonged to before they were merged. */
  mergedFrom?: string[];
}

/**
 * One index: each more is written at a random place of the store for every event. The events of one profile in the order of
 * their times, which only a person looks at, are found by it as well and sorted.
 */
export const events = declareCollection<EventRecord>(
  'events',
  [{ key: { profileId: 1, name: 1, at: -1 } }],
  ['profileId_1_at_-1__id_-1', 'isUnmatched_1_receivedAt_1'],
);
