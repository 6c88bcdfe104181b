import type { Role } from '@sluice/shared/model';
import type { AccessToken, Account, WriteKey } from '@sluice/shared/http-api';
import { declareCollection } from '../stores/database.ts';

export interface AccountRecord {
  _id: string;
  /** Lower case. */
  email: string;
  name: string;
  role: Role;
  /** Argon2id in PHC form. */
  passwordHash: string;
  createdAt: Date;
}

export const accounts = declareCollection<AccountRecord>('accounts', [
  { key: { email: 1 }, options: { unique: true } },
  { key: { createdAt: 1, _id: 1 } },
]);

export interface SessionRecord {
  /** Hash of the token; the token itself is only in the cookie. */
  _id: string;
  accountId: string;
  createdAt: Date;
  expiresAt: Date;
}

export const sessions = declareCollection<SessionRecord>('sessions', [
  { key: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
  { key: { accountId: 1 } },
]);

export interface WriteKeyRecord {
  _id: string;
  name: string;
  keyHash: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export const writeKeys = declareCollection<WriteKeyRecord>('write_keys', [
  { key: { keyHash: 1 }, options: { unique: true } },
  { key: { createdAt: 1, _id: 1 } },
]);

export interface AccessTokenRecord {
  _id: string;
  accountId: string;
  name: string;
  tokenHash: string;
  prefix: string;
  createdAt: Date;
  /** Kept behind that: a program that is refused is then found in the list. */
  expiresAt: Date;
  lastUsedAt: Date | null;
}

export const accessTokens = declareCollection<AccessTokenRecord>('access_tokens', [
  { key: { tokenHash: 1 }, options: { unique: true } },
  { key: { accountId: 1, name: 1 }, options: { unique: true } },
  { key: { createdAt: 1, _id: 1 } },
]);

/** The one document of the set-up: who holds the token may create the first administrator. */
export interface SetupRecord {
  _id: 'first-administrator';
  tokenHash: string;
  claimedAt?: Date;
}

export const setups = declareCollection<SetupRecord>('setups');

/** Failed sign-ins under one key (an e-mail address from one network address, or an e-mail address from anywhere). */
export interface SignInFailureRecord {
  _id: string;
  count: number;
  lastAt: Date;
  expiresAt: Date;
}

export const signInFailures = declareCollection<SignInFailureRecord>('sign_in_failures', [
  { key: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
]);

export function toAccount(record: AccountRecord): Account {
  const { _id, email, name, role, createdAt } = record;
  return { id: _id, email, name, role, createdAt: createdAt.toISOString() };
}

export function toWriteKey(record: WriteKeyRecord): WriteKey {
  const { _id, name, prefix, createdAt, lastUsedAt } = record;
  return { id: _id, name, prefix, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}

export function toAccessToken(record: AccessTokenRecord, owner: string): AccessToken {
  const { _id, accountId, name, prefix, createdAt, expiresAt, lastUsedAt } = record;
  return {
    id: _id,
    name,
    prefix,
    owner: { id: accountId, name: owner },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
