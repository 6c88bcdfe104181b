import { AppError } from '@sluice/shared/errors';
import type { Account } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { setups } from './account-record.ts';
import type { Accounts, NewAccount } from './accounts.ts';
import { createSecretToken, hashToken, isSameToken } from './secret-token.ts';

/**
 * The way to the first account. States: open (no account; a token is printed in the terminal) → claimed (the token was
 * used) → done (an account exists). A start without any account goes back to open with a new token, so that a crash
 * between claim and account, or a lost terminal, costs a restart and nothing else.
 */
export interface Setup {
  /** A new token while there is no account, else undefined. Earlier tokens stop working. */
  open(): Promise<string | undefined>;
  /** Creates the first administrator. Throws `setup-done` or `setup-token-wrong`. */
  finish(token: string, account: Omit<NewAccount, 'role'>): Promise<Account>;
}

const ID = 'first-administrator';

export function createSetup(deps: { database: Database; clock: Clock; accounts: Accounts }): Setup {
  const stored = deps.database.collection(setups);
  return {
    async open() {
      if (await deps.accounts.hasAny()) return undefined;
      const token = createSecretToken();
      await stored.replaceOne({ _id: ID }, { tokenHash: hashToken(token) }, { upsert: true });
      return token;
    },
    async finish(token, account) {
      if (await deps.accounts.hasAny()) throw new AppError('setup-done', 'The first administrator exists already');
      const kept = await stored.findOne({ _id: ID });
      if (!kept || kept.claimedAt || !isSameToken(token, kept.tokenHash))
        throw new AppError(
          'setup-token-wrong',
          'This is not the current set-up token; the terminal of the server shows it, a restart prints a new one',
        );
      // Of two calls with the right token only one may go on.
      const claim = await stored.updateOne(
        { _id: ID, tokenHash: kept.tokenHash, claimedAt: { $exists: false } },
        { $set: { claimedAt: new Date(deps.clock.now()) } },
      );
      if (claim.modifiedCount !== 1)
        throw new AppError('setup-done', 'The first administrator is being created already');
      return deps.accounts.create({ ...account, role: 'administrator' });
    },
  };
}
