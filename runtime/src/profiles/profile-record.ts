import { hash } from 'node:crypto';
import type { WriteSource } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';
import type { ProfileMark } from './profile-watch.ts';

/** A stored attribute value; dates are BSON dates in the store and ISO strings everywhere else. */
export type StoredValue = string | number | boolean | null | Date | (string | number | boolean)[];

export interface ProfileRecord {
  _id: string;
  userId: string | null;
  anonymousIds?: string[];
  attributes: Record<string, StoredValue>;
  /** When `identify` calls said an attribute; an earlier call that arrives later does not win. Imports and flows do not set it. */
  attributesAt?: Record<string, Date>;
  /** Who wrote an attribute last, of those that have had an order of sources for merges. */
  attributesFrom?: Record<string, WriteSource>;
  createdAt: Date;
  updatedAt: Date;
  /** The import that created it. */
  importId?: string;
  /** Ids of the last effects applied, newest last: makes an increment idempotent (RUN-3). */
  appliedEffects?: string[];
  /** Being absorbed by another profile: by which merge, as which of its pieces. */
  absorbedAs?: string;
  /** Somebody has undone its merge: calls that name it beside another id do not join the two again. */
  isKeptApart?: true;
  /** Set until whoever follows its attributes has looked at it. */
  unsettled?: ProfileMark;
}

export const profiles = declareCollection<ProfileRecord>('profiles', [
  { key: { userId: 1 }, options: { sparse: true } },
  { key: { 'attributes.email': 1, _id: 1 }, options: { sparse: true } },
  { key: { 'attributes.phone': 1, _id: 1 }, options: { sparse: true } },
  { key: { createdAt: -1, _id: -1 } },
  {
    key: { 'unsettled.version': 1 },
    options: { partialFilterExpression: { 'unsettled.version': { $exists: true } } },
  },
]);

/**
 * The id of the profile that a source id belongs to. Derived, so that an import or a burst of events can upsert in bulk
 * without looking anything up, and twice is harmless.
 */
export function profileIdOf(identity: { userId: string } | { anonymousId: string }): string {
  const key = 'userId' in identity ? `user:${identity.userId}` : `anonymous:${identity.anonymousId}`;
  return hash('sha256', key, 'base64url').slice(0, 20);
}
