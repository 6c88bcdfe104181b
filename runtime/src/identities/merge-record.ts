import type { MergeRules } from './merge-values.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import { declareCollection } from '../stores/database.ts';

/**
 * One profile absorbed by another. It is the alias, the history and what an undo needs.
 *
 * asked → moving → settling → done, undone by way of undoing. From `moving` to `done` the absorbed id stands for the other
 * one. While `settling`, what somebody wrote who had not heard of the merge is still carried over.
 */
export interface MergeRecord {
  _id: string;
  /** The profile that was absorbed. */
  from: string;
  /** The one that goes on; may have been absorbed itself since. */
  into: string;
  status: 'asked' | 'moving' | 'settling' | 'done' | 'undoing' | 'undone';
  /** From `asked` to `undoing`: nobody else may merge the same profile. */
  isInForce?: true;
  /** There is still something to do. */
  isUnderWay?: true;
  at: Date;
  /** Null: a call named both ids of one visitor. */
  by: string | null;
  /** Which of two values stays, as the dictionary said when it was asked for. */
  rules?: MergeRules;
  /** How often the absorbed profile was taken over: once, and once more for each late write that made it anew. */
  pieces: number;
  /** Taken out of the absorbed profile and perhaps not yet in the other one. */
  piece?: ProfileRecord;
  /** Both as they were. */
  absorbed?: ProfileRecord;
  before?: ProfileRecord;
  /** Audiences of which the absorbed one was a member, and those that the other one became a member of by this. */
  memberOf?: string[];
  lent?: string[];
  /** Whoever works on it has so long; then somebody else may go on. */
  heldUntil?: Date;
  /** When it is to be looked at next; absent, at once. */
  lookAt?: Date;
  /** Until when late writes are looked for. */
  settlesUntil?: Date;
}

export const profileMerges = declareCollection<MergeRecord>('profileMerges', [
  { key: { from: 1 }, options: { unique: true, partialFilterExpression: { isInForce: true } } },
  { key: { into: 1, at: -1 } },
  { key: { isUnderWay: 1, at: 1 }, options: { partialFilterExpression: { isUnderWay: true } } },
]);

export const ALIAS_STATUSES: MergeRecord['status'][] = ['moving', 'settling', 'done'];
