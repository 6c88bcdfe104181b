import { AppError } from '@sluice/shared/errors';
import type { AccessToken, Account } from '@sluice/shared/http-api';
import { type Clock, DAY_MS, MINUTE_MS } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { accessTokens, accounts, type AccessTokenRecord, toAccessToken, toAccount } from './account-record.ts';
import { createSecretToken, hashToken } from './secret-token.ts';

/** With an access token a program acts as the account that it belongs to, with the role this account has by then. */
export interface AccessTokens {
  /** The answer is the only time the token is readable. Throws `name-taken` where the owner has one of this name. */
  create(owner: Account, name: string, days: number): Promise<{ token: string; accessToken: AccessToken }>;
  /** One's own; an administrator sees everybody's. */
  list(reader: Account): Promise<AccessToken[]>;
  /** Throws `not-found`, also for one of somebody else, unless an administrator revokes it. */
  revoke(by: Account, id: string): Promise<void>;
  /** The owner of a valid token. Remembers the use, to the minute. */
  accountOf(token: string): Promise<Account | undefined>;
}

/** Stands before every token, so that searches for leaked secrets find it. */
export const ACCESS_TOKEN_PREFIX = 'sluice_at_';

export function createAccessTokens(deps: { database: Database; clock: Clock }): AccessTokens {
  const stored = deps.database.collection(accessTokens);
  const scopeOf = ({ id, role }: Account) => (role === 'administrator' ? {} : { accountId: id });
  return {
    async create(owner, name, days) {
      const token = `${ACCESS_TOKEN_PREFIX}${createSecretToken()}`;
      const now = deps.clock.now();
      const record: AccessTokenRecord = {
        _id: ulid(now),
        accountId: owner.id,
        name,
        tokenHash: hashToken(token),
        prefix: token.slice(0, ACCESS_TOKEN_PREFIX.length + 4),
        createdAt: new Date(now),
        expiresAt: new Date(now + days * DAY_MS),
        lastUsedAt: null,
      };
      try {
        await stored.insertOne(record);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new AppError('name-taken', `There is already a token ${name}`, { details: { name }, cause: error });
      }
      return { token, accessToken: toAccessToken(record, owner.name) };
    },
    async list(reader) {
      const found = await stored.find(scopeOf(reader)).sort({ createdAt: 1, _id: 1 }).toArray();
      const ids = [...new Set(found.map(({ accountId }) => accountId))];
      const owners = await deps.database
        .collection(accounts)
        .find({ _id: { $in: ids } }, { projection: { name: 1 } })
        .toArray();
      const names = new Map(owners.map(({ _id, name }) => [_id, name]));
      return found.map((record) => toAccessToken(record, names.get(record.accountId) ?? record.accountId));
    },
    async revoke(by, id) {
      const { deletedCount } = await stored.deleteOne({ ...scopeOf(by), _id: id });
      if (deletedCount === 0) throw new AppError('not-found', 'There is no such access token');
    },
    async accountOf(token) {
      if (!token.startsWith(ACCESS_TOKEN_PREFIX)) return undefined;
      const now = deps.clock.now();
      const record = await stored.findOne({ tokenHash: hashToken(token), expiresAt: { $gt: new Date(now) } });
      if (!record) return undefined;
      if ((record.lastUsedAt?.getTime() ?? 0) < now - MINUTE_MS)
        await stored.updateOne({ _id: record._id }, { $set: { lastUsedAt: new Date(now) } });
      const account = await deps.database.collection(accounts).findOne({ _id: record.accountId });
      return account ? toAccount(account) : undefined;
    },
  };
}
