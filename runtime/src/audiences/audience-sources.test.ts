import type { PeopleList } from '@sluice/shared/http-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { profileIdOf } from '../profiles/profile-record.ts';

let app: TestApp;
let operator: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  const batch = Array.from({ length: 6 }, (_, at) => ({
    type: 'identify',
    userId: `${at < 4 ? 'shop' : 'web'}-${at}`,
    traits: { city: at % 2 === 0 ? '=上海' : 'Bern, "CH"', age: -at, tags: ['a', 'b'], joined: '2026-01-02' },
  }));
  await app.call('POST', '/v1/batch', { body: { batch }, headers: await app.withWriteKey() });
});
afterAll(() => app.close());

const call = (method: string, path: string, body?: unknown, headers = operator) =>
  app.call(method, path, { headers, ...(body !== undefined && { body }) });

async function saved(name: string, list: PeopleList): Promise<string> {
  const { id } = (await call('POST', '/api/audiences/from-list', { name, list })).body;
  await expect.poll(async () => (await call('GET', `/api/audiences/${id}`)).body.isFilling).toBe(false);
  return id;
}
async function membersOf(id: string): Promise<string[]> {
  const { items } = (await call('GET', `/api/audiences/${id}/members`)).body;
  return items.map(({ profile }: { profile: { userId: string } }) => profile.userId).sort();
}

describe('[AUD-7] any list of people becomes an audience', () => {
  test('those that a search finds', async () => {
    const id = await saved('Shop', { kind: 'profiles', search: 'shop-' });
    expect(await membersOf(id)).toEqual(['shop-0', 'shop-1', 'shop-2', 'shop-3']);
    expect((await call('GET', `/api/audiences/${id}`)).body).toMatchObject({ kind: 'manual', size: 4 });
  });

  test('those who are in another audience, or have left it', async () => {
    const web = await saved('Web', { kind: 'profiles', search: 'web-' });
    const left = await saved('Nobody left yet', { kind: 'members', audienceId: web, show: 'left' });
    expect(await membersOf(left)).toEqual([]);
    await call('POST', `/api/audiences/${web}/members`, { change: 'remove', userIds: ['web-4'] });
    const kept = await saved('Still there', { kind: 'members', audienceId: web, show: 'members' });
    const gone = await saved('Gone', { kind: 'members', audienceId: web, show: 'left' });
    expect([await membersOf(kept), await membersOf(gone)]).toEqual([['web-5'], ['web-4']]);
    const list = { kind: 'members', audienceId: 'nobody', show: 'left' };
    expect((await call('POST', '/api/audiences/from-list', { name: 'Of none', list })).status).toBe(404);
  });

  test('those behind a number of a flow, each once', async () => {
    const run = (at: number, node: string): RunRecord => ({
      _id: `run-${at}`,
      flowId: 'flow',
      version: 3,
      profileId: profileIdOf({ userId: `shop-${at % 3}` }),
      entryKey: String(at),
      status: 'waiting',
      node,
      enteredAt: new Date(),
      positions: [{ node, seq: 0 }],
      path: [{ node, enteredAt: 0 }],
      variants: {},
    });
    const stored = app.database.collection(runs);
    await stored.insertMany([run(0, 'wait'), run(1, 'wait'), run(2, 'other'), run(3, 'wait')]);
    const id = await saved('Waiting', { kind: 'runs', flowId: 'flow', filter: { version: 3, at: 'wait' } });
    expect(await membersOf(id)).toEqual(['shop-0', 'shop-1']);
    await stored.deleteMany({ flowId: 'flow' });
  });

  test('not for an analyst, and not under a name that is taken', async () => {
    const list = { kind: 'profiles' };
    const analyst = await app.signInAs('analyst');
    expect((await call('POST', '/api/audiences/from-list', { name: 'Mine', list }, analyst)).status).toBe(403);
    expect((await call('POST', '/api/audiences/from-list', { name: 'Shop', list })).status).toBe(409);
  });
});

describe('members as CSV', () => {
  const csv = (id: string, attributes: unknown, headers = operator) =>
    call(
      'GET',
      `/api/audiences/${id}/members.csv?attributes=${encodeURIComponent(JSON.stringify(attributes))}`,
      undefined,
      headers,
    );

  test('hold the chosen attributes, and no text that a spreadsheet would run', async () => {
    const id = await saved('Exported', { kind: 'profiles', search: 'shop-' });
    const answer = await csv(id, ['city', 'age', 'tags', 'joined', 'nothing']);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, ...rows] = String(answer.body).trimEnd().split('\r\n');
    expect(head).toBe('user_id,member_since,city,age,tags,joined,nothing');
    const rest = '"[""a"",""b""]",2026-01-02T00:00:00.000Z,';
    // When they became members is the only thing not known beforehand.
    expect(rows.map((row) => row.replace(/,\d{4}-\d\d-\d\dT[\d:.]+Z/, '')).sort()).toEqual([
      `shop-0,"'=上海",0,${rest}`,
      `shop-1,"Bern, ""CH""",-1,${rest}`,
      `shop-2,"'=上海",-2,${rest}`,
      `shop-3,"Bern, ""CH""",-3,${rest}`,
    ]);
  });

  test('are refused to analysts, for names that are none, and where there is no audience', async () => {
    const id = await saved('Kept', { kind: 'profiles', search: 'web-' });
    expect((await csv(id, ['city'], await app.signInAs('analyst'))).status).toBe(403);
    expect((await csv(id, ['$where'])).status).toBe(400);
    expect((await csv('nobody', [])).status).toBe(404);
  });
});

test('what audiences share is counted part by part', async () => {
  const everybody = await saved('Everybody', { kind: 'profiles', search: '' });
  const shop = await saved('Shop again', { kind: 'profiles', search: 'shop-' });
  const one = await saved('One', { kind: 'profiles', search: 'shop-1' });
  const { overlaps } = (await call('POST', '/api/audiences/overlaps', { audienceIds: [everybody, shop, one] })).body;
  expect(overlaps).toEqual([
    { audiences: [everybody, shop], count: 3 },
    { audiences: [everybody], count: 2 },
    { audiences: [everybody, shop, one], count: 1 },
  ]);
  const asked = await call('POST', '/api/audiences/overlaps', { audienceIds: [everybody, 'nobody'] });
  expect(asked.status).toBe(404);
});

test('a list finds by an attribute, and a file shows of it, what the role may see', async () => {
  const traits = { email: 'someone@example.test' };
  const headers = await app.withWriteKey();
  await app.call('POST', '/v1/batch', { body: { batch: [{ type: 'identify', userId: 'mail-1', traits }] }, headers });
  const administrator = await app.signInAs('administrator');
  // The dictionary hears of a new attribute within a second.
  const declare = async () =>
    (await call('PUT', '/api/attributes/email', { sensitivity: 'sensitive' }, administrator)).status;
  await expect.poll(declare).toBe(200);
  const { id: profileId } = (await call('GET', '/api/profiles?search=mail-1')).body.items[0];
  const masked = async () => (await call('GET', `/api/profiles/${profileId}`)).body.attributes.email;
  await expect.poll(masked).not.toBe(traits.email);

  expect(await membersOf(await saved('By the beginning', { kind: 'profiles', search: 'someone@' }))).toEqual([]);
  const whole = await saved('By the whole', { kind: 'profiles', search: traits.email });
  expect(await membersOf(whole)).toEqual(['mail-1']);
  const csv = `/api/audiences/${whole}/members.csv?attributes=${encodeURIComponent('["email"]')}`;
  expect(String((await call('GET', csv)).body)).toContain(String(await masked()));
  // An open file may come into anybody's hands, so it holds no more for those who see more.
  expect(String((await call('GET', csv, undefined, administrator)).body)).toContain(String(await masked()));
});
