import { AppError } from '@sluice/shared/errors';
import type { Access, Account } from '@sluice/shared/http-api';
import type { FastifyRequest } from 'fastify';
import type { AccountOf, Caller } from './serve.ts';

/** Who stands behind a session token or a write key; implemented by `access`. */
export interface CallerSource {
  accountOfSession(token: string): Promise<Account | undefined>;
  /** The owner of an access token, or undefined when it is unknown, revoked or expired. */
  accountOfAccessToken(token: string): Promise<Account | undefined>;
  /** The id of the key, or undefined when it is unknown or revoked. */
  writeKeyIdOf(key: string): Promise<string | undefined>;
}

/** What came with a call; a write key and an access token stand in the same header, and the route says which is meant. */
export interface Credentials {
  sessionToken: string | undefined;
  writeKey: string | undefined;
  accessToken: string | undefined;
}

/** Establishes the caller that the route's access rule asks for, or throws `not-signed-in`, `not-allowed`, `write-key-invalid`. */
export async function establishCaller(access: Access, credentials: Credentials, source: CallerSource): Promise<Caller> {
  if (access === 'public') return { kind: 'public' };
  if (access === 'write-key') {
    const writeKeyId = credentials.writeKey ? await source.writeKeyIdOf(credentials.writeKey) : undefined;
    if (!writeKeyId)
      throw new AppError(
        'write-key-invalid',
        'No valid write key came with the call; send it as the Basic user name, as Bearer or in X-Write-Key',
      );
    return { kind: 'write-key', writeKeyId };
  }
  const caller = await readAccount(credentials, source);
  if (!caller) throw new AppError('not-signed-in', 'Sign in first: the call carries no valid session or access token');
  const { account } = caller;
  if (access !== 'signed-in' && !access.includes(account.role))
    throw new AppError('not-allowed', `The role ${account.role} may not do this; it takes ${access.join(' or ')}`, {
      details: { role: account.role, allowed: [...access] },
    });
  return caller;
}

/** A session goes before a token: a browser that has both is a person at work. */
async function readAccount(
  { sessionToken, accessToken }: Credentials,
  source: CallerSource,
): Promise<Extract<Caller, { kind: 'account' }> | undefined> {
  const inSession = sessionToken ? await source.accountOfSession(sessionToken) : undefined;
  if (inSession) return { kind: 'account', account: inSession, by: 'session' };
  const byToken = accessToken ? await source.accountOfAccessToken(accessToken) : undefined;
  return byToken && { kind: 'account', account: byToken, by: 'access-token' };
}

/** An access token comes as Bearer. */
export function readAccessToken({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ', 2);
  return scheme.toLowerCase() === 'bearer' && value !== '' ? value : undefined;
}

/**
 * Reads the write key as the Segment libraries send it (Basic user name), as Bearer, from X-Write-Key, or from the address:
 * a page that goes can send no header. The key of a website is public anyway.
 */
export function readWriteKey({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): string | undefined {
  const own = headers['x-write-key'];
  if (typeof own === 'string' && own) return own;
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value || undefined;
  if (scheme.toLowerCase() === 'basic')
    return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] || undefined;
  const { writeKey } = query as { writeKey?: unknown };
  return typeof writeKey === 'string' && writeKey ? writeKey : undefined;
}

export const accountOf: AccountOf = (caller) => {
  if (caller.kind !== 'account')
    throw new AppError('not-signed-in', 'Sign in first: the call carries no valid session');
  return caller.account;
};
