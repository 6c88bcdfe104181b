import { AppError } from '@sluice/shared/errors';
import { accessRoutes } from '@sluice/shared/http-api';
import { MINUTE_MS } from '@sluice/shared/time';
import { accountOf, type CallerSource } from '../http/caller.ts';
import type { Call, Serve } from '../http/serve.ts';
import type { AccessTokens } from './access-tokens.ts';
import { type Accounts, normalizeEmail } from './accounts.ts';
import type { Sessions } from './sessions.ts';
import type { Setup } from './setup.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';
import type { WriteKeys } from './write-keys.ts';

export interface AccessDeps {
  accounts: Accounts;
  sessions: Sessions;
  setup: Setup;
  throttle: SignInThrottle;
  writeKeys: WriteKeys;
  accessTokens: AccessTokens;
  /** What `/api/state` tells besides. */
  facts: { version: string; timeZone: string; storage: 'embedded' | 'mongodb' };
}

/** Wide enough for an office behind one address, far too narrow to guess a password. */
const SIGN_IN_LIMIT = { max: 60, windowMs: MINUTE_MS };

export function toCallerSource(deps: Pick<AccessDeps, 'sessions' | 'writeKeys' | 'accessTokens'>): CallerSource {
  return {
    accountOfSession: (token) => deps.sessions.accountOf(token),
    accountOfAccessToken: (token) => deps.accessTokens.accountOf(token),
    writeKeyIdOf: (key) => deps.writeKeys.idOf(key),
  };
}

export function registerAccessRoutes(serve: Serve, deps: AccessDeps): void {
  const startSession = async (call: Call, accountId: string) => {
    const { token, expiresAt } = await deps.sessions.start(accountId);
    call.startSession(token, expiresAt);
  };

  serve(accessRoutes.state, async ({ call }) => ({
    needsSetup: !(await deps.accounts.hasAny()),
    account: (call.sessionToken && (await deps.sessions.accountOf(call.sessionToken))) || null,
    ...deps.facts,
  }));

  serve(
    accessRoutes.setup,
    async ({ body, call }) => {
      const { token, ...account } = body;
      const administrator = await deps.setup.finish(token, account);
      await startSession(call, administrator.id);
      return administrator;
    },
    { rateLimit: SIGN_IN_LIMIT },
  );

  serve(
    accessRoutes.signIn,
    async ({ body, call }) => {
      const email = normalizeEmail(body.email);
      await deps.throttle.check(email, call.ip);
      const account = await deps.accounts.verify(email, body.password);
      if (!account) {
        await deps.throttle.recordFailure(email, call.ip);
        throw new AppError('sign-in-failed', 'The e-mail address or the password is wrong');
      }
      await deps.throttle.clear(email, call.ip);
      await startSession(call, account.id);
      return account;
    },
    { rateLimit: SIGN_IN_LIMIT },
  );

  serve(accessRoutes.signOut, async ({ call }) => {
    if (call.sessionToken) await deps.sessions.end(call.sessionToken);
    call.endSession();
    return {};
  });

  serve(accessRoutes.listAccounts, async () => ({ items: await deps.accounts.list(), next: null }));
  serve(accessRoutes.createAccount, async ({ body }) => deps.accounts.create(body));
  serve(accessRoutes.listWriteKeys, async () => ({ items: await deps.writeKeys.list(), next: null }));
  serve(accessRoutes.createWriteKey, async ({ body }) => deps.writeKeys.create(body.name));
  serve(accessRoutes.revokeWriteKey, async ({ params }) => {
    await deps.writeKeys.revoke(params.id);
    return {};
  });

  serve(accessRoutes.listAccessTokens, async ({ caller }) => ({
    items: await deps.accessTokens.list(accountOf(caller)),
    next: null,
  }));
  serve(accessRoutes.createAccessToken, async ({ body, caller }) => {
    // A token that could make others would outlive its own end.
    if (caller.kind === 'account' && caller.by === 'access-token')
      throw new AppError('not-allowed', 'An access token cannot create another one; sign in');
    return deps.accessTokens.create(accountOf(caller), body.name, body.days);
  });
  serve(accessRoutes.revokeAccessToken, async ({ params, caller }) => {
    await deps.accessTokens.revoke(accountOf(caller), params.id);
    return {};
  });
}
