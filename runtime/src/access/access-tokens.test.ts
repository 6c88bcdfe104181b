import { DAY_MS } from '@sluice/shared/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { accessTokens, accounts } from './account-record.ts';
import { createAccessTokens } from './access-tokens.ts';

let app: TestApp;
let developer: Record<string, string>;
let analyst: Record<string, string>;
let administrator: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  [developer, analyst, administrator] = await Promise.all([
    app.signInAs('developer'),
    app.signInAs('analyst'),
    app.signInAs('administrator'),
  ]);
});
afterAll(() => app.close());

const create = (headers: Record<string, string>, name: string, days = 30) =>
  app.call('POST', '/api/access-tokens', { headers, body: { name, days } });
const namesSeenBy = async (headers: Record<string, string>) =>
  (await app.call('GET', '/api/access-tokens', { headers })).body.items.map(({ name }: { name: string }) => name);
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const statusOf = async (method: string, path: string, headers: Record<string, string>) =>
  (await app.call(method, path, { headers })).status;

it('[GOV-4] a token acts as its owner, with the role that the owner has by then', async () => {
  const { body } = await create(developer, 'continuous integration');
  expect(body.token).toMatch(/^sluice_at_[\w-]{43}$/);
  expect(await statusOf('GET', '/api/write-keys', bearing(body.token))).toBe(200);
  expect(await statusOf('GET', '/api/accounts', bearing(body.token))).toBe(403);
  await app.database.collection(accounts).updateOne({ _id: body.accessToken.owner.id }, { $set: { role: 'analyst' } });
  expect(await statusOf('GET', '/api/write-keys', bearing(body.token))).toBe(403);
  await app.database
    .collection(accounts)
    .updateOne({ _id: body.accessToken.owner.id }, { $set: { role: 'developer' } });
  const [listed] = (await app.call('GET', '/api/access-tokens', { headers: developer })).body.items;
  expect(listed).toMatchObject({ name: 'continuous integration', owner: { name: 'developer' } });
  expect(listed.lastUsedAt).not.toBeNull();
});

it('[GOV-4] the store keeps no token, and the list shows none', async () => {
  const { body } = await create(analyst, 'notebook');
  const stored = JSON.stringify(await app.database.collection(accessTokens).find().toArray());
  const listed = JSON.stringify((await app.call('GET', '/api/access-tokens', { headers: analyst })).body);
  for (const text of [stored, listed]) expect(text).not.toContain(body.token);
});

it('[GOV-4] a token cannot create another one', async () => {
  const { body } = await create(analyst, 'first');
  const second = await create(bearing(body.token), 'second');
  expect([second.status, second.body.code]).toEqual([403, 'not-allowed']);
});

it('[GOV-4] one revokes one’s own; an administrator sees and revokes everybody’s', async () => {
  const mine = (await create(analyst, 'mine')).body;
  const other = (await create(analyst, 'other')).body;
  const place = `/api/access-tokens/${mine.accessToken.id}`;
  expect(await namesSeenBy(developer)).not.toContain('mine');
  expect(await statusOf('DELETE', place, developer)).toBe(404);
  expect(await statusOf('DELETE', place, analyst)).toBe(200);
  expect(await statusOf('GET', '/api/flows', bearing(mine.token))).toBe(401);
  expect(await namesSeenBy(administrator)).toContain('other');
  expect(await statusOf('DELETE', `/api/access-tokens/${other.accessToken.id}`, administrator)).toBe(200);
  expect(await statusOf('GET', '/api/flows', bearing(other.token))).toBe(401);
});

it('[GOV-4] a token ends by itself, and stays in the list', async () => {
  const { body } = await create(analyst, 'short', 1);
  const tokensAt = (now: number) => createAccessTokens({ database: app.database, clock: { now: () => now } });
  expect(await tokensAt(Date.now()).accountOf(body.token)).toMatchObject({ role: 'analyst' });
  expect(await tokensAt(Date.now() + DAY_MS + 1000).accountOf(body.token)).toBeUndefined();
  expect(await namesSeenBy(analyst)).toContain('short');
});

it('two tokens of one owner cannot have one name', async () => {
  const both = await Promise.all([create(analyst, 'twin'), create(analyst, 'twin')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});
