import { type Account, api, type RouteContract } from '@sluice/shared/http-api';
import { Role } from '@sluice/shared/model';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type HttpServer } from './create-server.ts';

const ROUTES: RouteContract[] = Object.values(api).flatMap((area) => Object.values(area));
const ROLES = Role.anyOf.map((literal) => literal.const);

let server: HttpServer;
let address: string;

/** Every contract behind a handler that only says it was reached; a session token is the name of a role. */
beforeAll(async () => {
  server = await createServer({
    version: '0',
    log: pino({ level: 'silent' }),
    webDist: undefined,
    trustProxy: undefined,
    callers: {
      accountOfSession: async (token) => {
        const role = ROLES.find((known) => known === token);
        return role && ({ id: role, email: `${role}@example.test`, name: role, role, createdAt: '' } satisfies Account);
      },
      accountOfAccessToken: async (token) => {
        const role = ROLES.find((known) => `token-of-${known}` === token);
        return role && ({ id: role, email: `${role}@example.test`, name: role, role, createdAt: '' } satisfies Account);
      },
      writeKeyIdOf: async (key) => (key === 'right' ? 'key' : undefined),
    },
  });
  for (const route of ROUTES) server.serve(route, async () => ({ isReached: true }) as never);
  const { port } = await server.listen('127.0.0.1', 0);
  address = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

async function statusOf(route: RouteContract, headers: Record<string, string>): Promise<number> {
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
  const response = await fetch(address + route.path.replaceAll(/:\w+/g, 'x'), {
    method: route.method,
    headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: '{}' } : {}),
  });
  await response.arrayBuffer();
  return response.status;
}

const asRole = (role: string) => ({ cookie: `sluice_session=${role}` });
const named = (wanted: (route: RouteContract) => boolean) =>
  ROUTES.filter(wanted).map((route) => [`${route.method} ${route.path}`, route] as const);

/** Past the access rule a call with an empty body is answered (200) or refused for what it lacks (400). */
const verdictOf = async (route: RouteContract, headers: Record<string, string>) => {
  const status = await statusOf(route, headers);
  return status === 200 || status === 400 ? 'reached' : status;
};

describe.each(named(({ access }) => access === 'public'))('%s', (_name, route) => {
  it('is open to everybody', async () => {
    expect(await verdictOf(route, {})).toBe('reached');
  });
});

describe.each(named(({ access }) => access === 'write-key'))('%s', (_name, route) => {
  it('takes a write key, and no session instead of it', async () => {
    expect(await verdictOf(route, {})).toBe(401);
    expect(await verdictOf(route, asRole('administrator'))).toBe(401);
    expect(await verdictOf(route, { 'x-write-key': 'wrong' })).toBe(401);
    expect(await verdictOf(route, { 'x-write-key': 'right' })).toBe('reached');
    expect(await verdictOf(route, { authorization: 'Bearer right' })).toBe('reached');
    expect(await verdictOf(route, { authorization: `Basic ${btoa('right:')}` })).toBe('reached');
  });
});

describe.each(named(({ access }) => access !== 'public' && access !== 'write-key'))('%s', (_name, route) => {
  it('answers 401 without a session, with a wrong one, and with a write key', async () => {
    expect(await verdictOf(route, {})).toBe(401);
    expect(await verdictOf(route, asRole('nobody'))).toBe(401);
    expect(await verdictOf(route, { 'x-write-key': 'right' })).toBe(401);
    expect(await verdictOf(route, { authorization: 'Bearer right' })).toBe(401);
  });

  it.each(ROLES)('answers the role %s by its list, in a session and by its access token', async (role) => {
    const isAllowed = route.access === 'signed-in' || (route.access as readonly string[]).includes(role);
    expect(await verdictOf(route, asRole(role))).toBe(isAllowed ? 'reached' : 403);
    expect(await verdictOf(route, { authorization: `Bearer token-of-${role}` })).toBe(isAllowed ? 'reached' : 403);
  });

  it('refuses a change that a page of another site asks for', async () => {
    const fromElsewhere = { ...asRole('administrator'), 'sec-fetch-site': 'cross-site' };
    const isReading = route.method === 'GET';
    expect(await verdictOf(route, fromElsewhere)).toBe(isReading ? 'reached' : 403);
  });
});
