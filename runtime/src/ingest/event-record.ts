import { declareCollection } from '../stores/database.ts';

export interface EventRecord {
  /** Derived from the messageId, so that a repeated call is one event. */
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

export const events = declareCollection<EventRecord>('events', [
  { key: { profileId: 1, name: 1, at: -1 } },
  { key: { profileId: 1, at: -1, _id: -1 } },
]);
