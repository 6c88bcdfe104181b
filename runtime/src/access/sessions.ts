import type { Account } from '@sluice/shared/http-api';
import { type Clock, DAY_MS } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { accounts, sessions, toAccount } from './account-record.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** A session lives this long after its last use, give or take the day between two extensions. */
export const SESSION_MS = 14 * DAY_MS;

export interface Sessions {
  start(accountId: string): Promise<{ token: string; expiresAt: Date }>;
  /** Extends a session in use. Undefined for an unknown, ended or expired one. */
  accountOf(token: string): Promise<Account | undefined>;
  end(token: string): Promise<void>;
}

export function createSessions(deps: { database: Database; clock: Clock }): Sessions {
  const stored = deps.database.collection(sessions);
  return {
    async start(accountId) {
      const token = createSecretToken();
      const now = deps.clock.now();
      const expiresAt = new Date(now + SESSION_MS);
      await stored.insertOne({ _id: hashToken(token), accountId, createdAt: new Date(now), expiresAt });
      return { token, expiresAt };
    },
    async accountOf(token) {
      const now = deps.clock.now();
      // The TTL index removes late; an expired session must not work until then.
      const session = await stored.findOne({ _id: hashToken(token), expiresAt: { $gt: new Date(now) } });
      if (!session) return undefined;
      if (session.expiresAt.getTime() < now + SESSION_MS - DAY_MS)
        await stored.updateOne({ _id: session._id }, { $set: { expiresAt: new Date(now + SESSION_MS) } });
      const account = await deps.database.collection(accounts).findOne({ _id: session.accountId });
      return account ? toAccount(account) : undefined;
    },
    async end(token) {
      await stored.deleteOne({ _id: hashToken(token) });
    },
  };
}
