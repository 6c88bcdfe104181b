import type { Condition } from '@sluice/shared/condition';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { profileIdOf } from '../profiles/profile-record.ts';

let app: TestApp;
let operator: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  const batch = [50, 150, 250].map((history, index) => ({
    type: 'identify',
    userId: `u${index}`,
    traits: { history },
  }));
  await app.call('POST', '/v1/batch', { body: { batch }, headers: await app.withWriteKey() });
});
afterAll(() => app.close());

const rich: Condition = { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } };
const call = (method: string, path: string, body?: unknown) =>
  app.call(method, path, { headers: operator, ...(body !== undefined && { body }) });
const create = async (name: string, more: object = { kind: 'dynamic', condition: rich }) =>
  (await call('POST', '/api/audiences', { name, ...more })).body;

const extracted = (id: string) =>
  until(
    async () => (await call('GET', `/api/audiences/${id}`)).body,
    ({ extraction }) => extraction?.status !== 'running',
  );

describe('[AUD-1] a saved audience, from end to end', () => {
  test('is extracted in the background, listed with its sentence, and paged', async () => {
    const { id } = await create('Rich');
    expect(await extracted(id)).toMatchObject({
      name: 'Rich',
      size: 2,
      sentence: { 'en-US': 'history is greater than 100', 'zh-CN': 'history 大于 100' },
      createdBy: 'operator',
    });
    const first = (await call('GET', `/api/audiences/${id}/members?limit=1`)).body;
    const second = (await call('GET', `/api/audiences/${id}/members?limit=1&after=${first.next}`)).body;
    const names = [...first.items, ...second.items].map(({ profile }) => profile.userId);
    expect(names.sort()).toEqual(['u1', 'u2']);
    expect(second.next).toBeNull();
    expect((await call('GET', '/api/audiences?search=ric')).body.items).toMatchObject([
      { id, kind: 'dynamic', size: 2 },
    ]);
  });

  test('[AUD-2] follows what arrives, with the history of each profile', async () => {
    const { id } = await create('Very rich', {
      kind: 'dynamic',
      condition: { ...rich, is: { operator: 'greaterThan', value: 1000 } },
    });
    await extracted(id);
    const identify = async (history: number) =>
      app.call('POST', '/v1/identify', {
        body: { userId: 'u0', traits: { history } },
        headers: await app.withWriteKey(),
      });
    const histories = async () => {
      const { items } = (await call('GET', `/api/profiles/${profileIdOf({ userId: 'u0' })}/audiences`)).body;
      return items.filter(({ audience }: { audience: { id: string } }) => audience.id === id);
    };
    await identify(2000);
    await until(histories, ([membership]) => membership?.isMember === true);
    await identify(50);
    const [membership] = await until(histories, ([found]) => found?.isMember === false);
    expect(membership.history.map(({ change }: { change: string }) => change)).toEqual(['entered', 'left']);
    const { items } = (await call('GET', `/api/audiences/${id}/members?show=left`)).body;
    expect(items).toMatchObject([{ profile: { userId: 'u0' }, isMember: false }]);
  });

  test('a manual one takes people by user id, and a flow’s condition sees them', async () => {
    const { id } = await create('VIP', { kind: 'manual' });
    const body = { change: 'add', userIds: ['u0', 'u1', 'nobody', 'u0'] };
    const found = await call('POST', `/api/audiences/${id}/members`, body);
    expect(found.body).toEqual({ matched: 2, unmatched: 1, unmatchedIds: ['nobody'], duplicates: 1 });
    const counted = await call('POST', '/api/audiences/count', {
      condition: { op: 'all', of: [rich, { op: 'audience', audience: id, is: 'member' }] },
    });
    expect(counted.body).toMatchObject({ count: 1, sentence: { 'en-US': expect.stringContaining('“VIP”') } });
  });
});

describe('what is refused', () => {
  test('a name that is taken, a kind without its condition, and a condition that is none', async () => {
    await create('Taken');
    expect(await call('POST', '/api/audiences', { name: 'Taken', kind: 'dynamic', condition: rich })).toMatchObject({
      status: 409,
      body: { code: 'name-taken' },
    });
    expect(await call('POST', '/api/audiences', { name: 'None', kind: 'snapshot' })).toMatchObject({
      status: 422,
      body: { code: 'audience-invalid' },
    });
    const unknown = { op: 'audience', audience: 'gone', is: 'member' };
    expect(await call('POST', '/api/audiences', { name: 'Odd', kind: 'dynamic', condition: unknown })).toMatchObject({
      status: 422,
      body: { code: 'condition-invalid' },
    });
  });

  test('audiences that would contain each other in a circle, by the way of the circle', async () => {
    const first = await create('First');
    const second = await create('Second', {
      kind: 'dynamic',
      condition: { op: 'audience', audience: first.id, is: 'member' },
    });
    const condition = { op: 'not', of: { op: 'audience', audience: second.id, is: 'member' } };
    const answer = await call('PATCH', `/api/audiences/${first.id}`, { condition, baseRevision: first.revision });
    expect(answer).toMatchObject({ status: 422, body: { code: 'audience-invalid' } });
    expect(answer.body.details.problem['en-US']).toContain('First → Second → First');
  });

  test('a change on top of somebody else’s', async () => {
    const { id, revision } = await create('Shared');
    await call('PATCH', `/api/audiences/${id}`, { description: 'theirs', baseRevision: revision });
    expect(await call('PATCH', `/api/audiences/${id}`, { description: 'mine', baseRevision: revision })).toMatchObject({
      status: 409,
      body: { code: 'audience-changed' },
    });
  });

  test('deleting what a flow or an audience uses, until it is confirmed', async () => {
    const { id } = await create('Used');
    const condition = { op: 'audience', audience: id, is: 'member' };
    const reader = await create('Reader', { kind: 'dynamic', condition });
    const graph = {
      schema: 1,
      nodes: [
        {
          id: 'start',
          kind: 'schedule',
          kindVersion: 1,
          params: { when: 'now', audience: condition },
          position: { x: 0, y: 0 },
        },
      ],
      edges: [],
    };
    const flow = (await call('POST', '/api/flows', { name: 'Win back', graph })).body;
    const uses = {
      flows: [{ id: flow.id, name: 'Win back', isLive: false }],
      audiences: [{ id: reader.id, name: 'Reader' }],
    };
    expect((await call('GET', `/api/audiences/${id}/uses`)).body).toEqual(uses);
    expect(await call('DELETE', `/api/audiences/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'audience-in-use', details: { count: 2, uses } },
    });
    expect((await call('DELETE', `/api/audiences/${id}?confirm=yes`)).status).toBe(200);
    expect((await call('GET', `/api/audiences/${id}`)).status).toBe(404);
  });
});
