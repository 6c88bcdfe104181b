import { createHash } from 'node:crypto';
import { Condition, leavesOf } from '@sluice/shared/condition';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { Compile } from 'typebox/compile';
import { type Database, declareCollection } from '../stores/database.ts';

/** One part of a condition that an account has put to use; using it again renews it. */
export interface RecentConditionRecord {
  _id: string;
  accountId: string;
  condition: Condition;
  usedAt: Date;
  /** Its place among those that were used with it. */
  place: number;
}

export const recentConditions = declareCollection<RecentConditionRecord>('recentConditions', [
  { key: { accountId: 1, usedAt: -1, place: 1 } },
]);

/** What each account asked about lately, so that it need not be built again. */
export interface RecentConditions {
  /** Notes the parts of every condition within a value, such as a condition itself or a whole graph. Never throws. */
  note(accountId: string, value: unknown): Promise<void>;
  /** Last used first, at most `KEPT`. */
  list(accountId: string): Promise<Pick<RecentConditionRecord, 'condition' | 'usedAt'>[]>;
}

/** As many are kept for an account; what is older goes. */
const KEPT = 40;

export function createRecentConditions(deps: { database: Database; clock: Clock; log: Logger }): RecentConditions {
  const stored = deps.database.collection(recentConditions);
  const lastFirst = { usedAt: -1, place: 1 } as const;
  return {
    async note(accountId, value) {
      const parts = conditionsIn(value).flatMap(leavesOf).slice(0, KEPT);
      if (parts.length === 0) return;
      const usedAt = new Date(deps.clock.now());
      try {
        await stored.bulkWrite(
          parts.map((condition, place) => ({
            updateOne: {
              filter: { _id: idOf(accountId, condition) },
              update: { $set: { accountId, condition, usedAt, place } },
              upsert: true,
            },
          })),
          { ordered: false },
        );
        const rest = await stored.find({ accountId }).sort(lastFirst).skip(KEPT).project({ _id: 1 }).toArray();
        if (rest.length > 0) await stored.deleteMany({ _id: { $in: rest.map(({ _id }) => _id as string) } });
      } catch (cause) {
        // What was saved is saved: nobody is told that it failed because a convenience did.
        deps.log.warn({ err: cause }, 'The conditions that were used could not be noted');
      }
    },
    async list(accountId) {
      return stored.find({ accountId }).sort(lastFirst).limit(KEPT).toArray();
    },
  };
}

const IsCondition = Compile(Condition);

function conditionsIn(value: unknown): Condition[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('op' in value && IsCondition.Check(value)) return [value as Condition];
  return Object.values(value).flatMap(conditionsIn);
}

function idOf(accountId: string, condition: Condition): string {
  return `${accountId}:${createHash('sha256').update(JSON.stringify(condition)).digest('base64url')}`;
}
