import { declareCollection } from '../stores/database.ts';

export interface MembershipChange {
  /** Counts from 1 within its membership: with the membership's id it names the change. */
  n: number;
  change: 'entered' | 'left';
  at: Date;
  /** How many starts by flows, each in answer to the last, led to it; absent where none did. */
  depth?: number;
}

/**
 * What is known of one profile in one audience. It stays when the profile leaves, as the history; it also stands for who
 * never was a member where time may make it one (`recheckAt`).
 */
export interface MembershipRecord {
  /** `audience:profile`, so that the members of an audience lie together in the order of profiles. */
  _id: string;
  audience: string;
  profileId: string;
  isMember: boolean;
  /** When `isMember` took its value. */
  since: Date;
  /** How often it did. A write names the count it has seen, so that of two writers one must look again. */
  changes: number;
  /** The last changes, oldest first. */
  history: MembershipChange[];
  /** When time alone may change the verdict of the condition. */
  recheckAt?: Date;
  /** Set until whoever follows memberships has been told of the changes from `untoldFrom` on. */
  isUntold?: true;
  untoldFrom?: number;
  /** Effects of flows applied last: makes a change idempotent. */
  appliedEffects?: string[];
}

/** No index by profile: whoever asks for a profile's audiences asks for their ids, which are points of the primary key. */
export const memberships = declareCollection<MembershipRecord>('memberships', [
  { key: { recheckAt: 1 }, options: { partialFilterExpression: { recheckAt: { $exists: true } } } },
  { key: { isUntold: 1, _id: 1 }, options: { partialFilterExpression: { isUntold: true } } },
]);

/** The characters of profile ids in the order in which the store sorts them. */
export const ID_ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

export function membershipIdOf(audience: string, profileId: string): string {
  return `${audience}:${profileId}`;
}

/** The ids of all memberships of an audience behind a profile (exclusive) and up to one (inclusive). */
export function rangeOf(
  audience: string,
  afterId?: string,
  upToId?: string,
): { $gt: string; $lte?: string; $lt?: string } {
  return {
    $gt: membershipIdOf(audience, afterId ?? ''),
    ...(upToId === undefined ? { $lt: `${audience};` } : { $lte: membershipIdOf(audience, upToId) }),
  };
}

/** Who is in an audience, or has been and is not: a membership without history is there for what time may bring. */
export const SHOWN = {
  members: { isMember: true },
  left: { isMember: false, 'history.0': { $exists: true } },
} as const;
