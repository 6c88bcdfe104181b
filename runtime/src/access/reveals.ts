import type { Account, Reveal } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { type Paging, readNewestFirst } from '../profiles/newest-first.ts';
import { readUserIds } from '../profiles/read-user-ids.ts';
import { type Database, declareCollection } from '../stores/database.ts';

export interface RevealRecord {
  /** Rises with time. */
  _id: string;
  at: Date;
  accountId: string;
  accountName: string;
  profileId: string;
  attribute: string;
  purpose: string;
}

export const reveals = declareCollection<RevealRecord>('reveals', [
  { key: { profileId: 1, _id: -1 } },
  { key: { accountId: 1, _id: -1 } },
  { key: { attribute: 1, _id: -1 } },
]);

/** Who looked at which masked value, and what for. Nothing here is ever changed. */
export interface Reveals {
  /** Durable when it resolves; the value is handed out only then. */
  record(look: { profileId: string; attribute: string; purpose: string }, by: Account): Promise<void>;
  /** Newest first. */
  list(
    query: Paging & { profileId?: string | undefined; accountId?: string | undefined; attribute?: string | undefined },
  ): Promise<{ items: Reveal[]; next: string | null }>;
}

export function createReveals(deps: { database: Database; clock: Clock }): Reveals {
  const stored = deps.database.collection(reveals);
  return {
    async record(look, by) {
      const now = deps.clock.now();
      await stored.insertOne({
        _id: ulid(now),
        at: new Date(now),
        accountId: by.id,
        accountName: by.name,
        ...look,
      });
    },
    async list({ profileId, accountId, attribute, ...page }) {
      const { rows, next } = await readNewestFirst(stored, { profileId, accountId, attribute }, page);
      const userIds = await readUserIds(
        deps.database,
        rows.map((row) => row.profileId),
      );
      const items = rows.map(({ _id: id, at, accountName: by, ...row }) => ({
        id,
        at: at.toISOString(),
        by,
        accountId: row.accountId,
        profileId: row.profileId,
        userId: userIds.get(row.profileId) ?? null,
        attribute: row.attribute,
        purpose: row.purpose,
      }));
      return { items, next };
    },
  };
}
