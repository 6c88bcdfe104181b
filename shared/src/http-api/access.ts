import { type Static, Type } from 'typebox';
import { Role } from '../model/run.ts';
import { defineRoute, pageOf } from './route.ts';

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' });
const Password = Type.String({ minLength: 10, maxLength: 200 });

export const Account = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: Role,
  createdAt: Type.String(),
});
export type Account = Static<typeof Account>;

export const WriteKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** First characters, to recognise it by; the key itself is shown once. */
  prefix: Type.String(),
  createdAt: Type.String(),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
});
export type WriteKey = Static<typeof WriteKey>;

export const AccessToken = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** First characters, to recognise it by; the token itself is shown once. */
  prefix: Type.String(),
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
});
export type AccessToken = Static<typeof AccessToken>;

const IdParam = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const accessRoutes = {
  /** Asked first by the web app: which page to show. */
  state: defineRoute({
    method: 'GET',
    path: '/api/state',
    access: 'public',
    tag: 'access',
    summary: 'Whether the first administrator exists and who is signed in',
    reply: Type.Object({
      needsSetup: Type.Boolean(),
      account: Type.Union([Account, Type.Null()]),
      version: Type.String(),
      timeZone: Type.String(),
      storage: Type.Union([Type.Literal('embedded'), Type.Literal('mongodb')]),
    }),
  }),
  setup: defineRoute({
    method: 'POST',
    path: '/api/setup',
    access: 'public',
    tag: 'access',
    summary: 'Create the first administrator with the one-time token from the terminal',
    body: Type.Object(
      {
        token: Type.String({ maxLength: 100 }),
        email: Email,
        name: Type.String({ minLength: 1, maxLength: 120 }),
        password: Password,
      },
      { additionalProperties: false },
    ),
    reply: Account,
  }),
  signIn: defineRoute({
    method: 'POST',
    path: '/api/sign-in',
    access: 'public',
    tag: 'access',
    summary: 'Sign in; answers with a session cookie',
    body: Type.Object(
      { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 200 }) },
      { additionalProperties: false },
    ),
    reply: Account,
  }),
  signOut: defineRoute({
    method: 'POST',
    path: '/api/sign-out',
    access: 'signed-in',
    tag: 'access',
    summary: 'End this session',
  }),
  listAccounts: defineRoute({
    method: 'GET',
    path: '/api/accounts',
    access: ['administrator'],
    tag: 'access',
    summary: 'All accounts',
    reply: pageOf(Account),
  }),
  createAccount: defineRoute({
    method: 'POST',
    path: '/api/accounts',
    access: ['administrator'],
    tag: 'access',
    summary: 'Create an account',
    body: Type.Object(
      { email: Email, name: Type.String({ minLength: 1, maxLength: 120 }), role: Role, password: Password },
      { additionalProperties: false },
    ),
    reply: Account,
  }),
  listWriteKeys: defineRoute({
    method: 'GET',
    path: '/api/write-keys',
    access: ['administrator', 'developer'],
    tag: 'access',
    summary: 'Write keys of the ingest API',
    reply: pageOf(WriteKey),
  }),
  createWriteKey: defineRoute({
    method: 'POST',
    path: '/api/write-keys',
    access: ['administrator', 'developer'],
    tag: 'access',
    summary: 'Create a write key; the answer is the only time it is shown',
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }) }, { additionalProperties: false }),
    reply: Type.Object({ key: Type.String(), writeKey: WriteKey }),
  }),
  revokeWriteKey: defineRoute({
    method: 'DELETE',
    path: '/api/write-keys/:id',
    access: ['administrator', 'developer'],
    tag: 'access',
    summary: 'Revoke a write key',
    params: IdParam,
  }),
  listAccessTokens: defineRoute({
    method: 'GET',
    path: '/api/access-tokens',
    access: 'signed-in',
    tag: 'access',
    summary: 'Your access tokens; an administrator sees everybody’s',
    reply: pageOf(AccessToken),
  }),
  createAccessToken: defineRoute({
    method: 'POST',
    path: '/api/access-tokens',
    access: 'signed-in',
    tag: 'access',
    summary: 'Create an access token for programs that act as you; the answer is the only time it is shown',
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 120 }),
        /** Days until it expires. */
        days: Type.Integer({ minimum: 1, maximum: 366 }),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ token: Type.String(), accessToken: AccessToken }),
  }),
  revokeAccessToken: defineRoute({
    method: 'DELETE',
    path: '/api/access-tokens/:id',
    access: 'signed-in',
    tag: 'access',
    summary: 'Revoke an access token of your own; an administrator revokes anybody’s',
    params: IdParam,
  }),
};
