import type { Account, Reveal } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { Type } from 'typebox';
import { ulid } from 'ulid';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
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

export const reveals = declareCollection<RevealRecord>('reveals', [{ key: { profileId: 1, _id: -1 } }]);

/** Who looked at which masked value, and what for. Nothing here is ever changed. */
export interface Reveals {
  /** Durable when it resolves; the value is handed out only then. */
  record(look: { profileId: string; attribute: string; purpose: string }, by: Account): Promise<void>;
  /** Newest first. */
  list(query: {
    profileId?: string | undefined;
    after?: string | undefined;
    limit?: number | undefined;
  }): Promise<{ items: Reveal[]; next: string | null }>;
}

const DEFAULT_LIMIT = 50;

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
    async list({ profileId, after, limit = DEFAULT_LIMIT }) {
      const [before] = after ? readCursor(after, Type.String()) : [];
      const rows = await stored
        .find({
          ...(profileId !== undefined && { profileId }),
          ...(before !== undefined && { _id: { $lt: before } }),
        })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      const items = rows.slice(0, limit).map(({ _id: id, at, accountName, profileId: of, attribute, purpose }) => ({
        id,
        at: at.toISOString(),
        by: accountName,
        profileId: of,
        attribute,
        purpose,
      }));
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? writeCursor([last.id]) : null };
    },
  };
}
