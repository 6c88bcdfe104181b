import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { profileIdOf } from '../profiles/profile-record.ts';

let app: TestApp;
let administrator: Record<string, string>;
let operator: Record<string, string>;
let analyst: Record<string, string>;
const ADA = profileIdOf({ userId: 'ada' });

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  operator = await app.signInAs('operator');
  analyst = await app.signInAs('analyst');
  const headers = await app.withWriteKey();
  const traits = { city: 'Graz', phone: '13800138000', email: 'ada@example.test', salary: 9000 };
  await app.call('POST', '/v1/identify', { headers, body: { userId: 'ada', traits } });
  // The dictionary learns of new names within a second.
  for (const [name, sensitivity] of [
    ['phone', 'sensitive'],
    ['email', 'sensitive'],
    ['salary', 'secret'],
  ])
    await until(
      () => put(`${name}`, { sensitivity }),
      (status) => status === 200,
    );
});
afterAll(() => app.close());

const put = async (name: string, body: object) =>
  (await app.call('PUT', `/api/attributes/${name}`, { headers: administrator, body })).status;

const get = async (path: string, headers: Record<string, string>) => (await app.call('GET', path, { headers })).body;
const post = (path: string, headers: Record<string, string>, body: unknown) =>
  app.call('POST', path, { headers, body });
const has = (name: string) => ({ op: 'attribute', name, is: { operator: 'exists' } });

describe('a role', () => {
  const MASKED = { city: 'Graz', phone: '138****8000', email: 'a***@example.test' };

  it('[GOV-1] sees masked values on the page, in lists and samples, and secret ones nowhere', async () => {
    const { attributes, masked } = await get(`/api/profiles/${ADA}`, operator);
    expect([attributes, masked]).toEqual([MASKED, ['phone', 'email']]);
    expect((await get('/api/profiles', analyst)).items[0].attributes).toEqual(MASKED);
    const { body } = await post('/api/audiences/count', operator, { condition: has('phone') });
    expect(body.sample[0].attributes).toEqual(MASKED);
    const names = (await get('/api/attributes', operator)).items.map((each: { name: string; samples: string[] }) => [
      each.name,
      each.samples.length,
    ]);
    expect(Object.fromEntries(names)).toEqual({ city: 1, phone: 0, email: 0 });
    const message = { subject: '{{ profile.phone }}{{ profile.salary }}', mjml: '<mjml><mj-body></mj-body></mjml>' };
    const preview = await post('/api/content/preview-email', operator, { ...message, profileId: ADA });
    expect(preview.body.subject).toBe('138****8000');
  });

  it('[GOV-1] cannot find out an address by trying beginnings of it', async () => {
    expect((await get('/api/profiles?search=ada@', administrator)).items).toHaveLength(1);
    expect((await get('/api/profiles?search=ada@', operator)).items).toHaveLength(0);
    expect((await get('/api/profiles?search=ada@example.test', operator)).items).toHaveLength(1);
  });

  it('[GOV-2] cannot count, save or publish what it may not use', async () => {
    const refusal = { status: 403, body: { code: 'attribute-not-allowed', details: { names: 'phone' } } };
    expect(await post('/api/audiences/count', analyst, { condition: has('phone') })).toMatchObject(refusal);
    const audience = { name: 'Paid well', kind: 'snapshot', condition: { op: 'not', of: has('salary') } };
    expect((await post('/api/audiences', operator, audience)).body.details).toMatchObject({ names: 'salary' });
    const graph = graphOf(
      [
        ['start', 'call-trigger', { audience: has('salary'), reentry: 'unlimited' }],
        ['mail', 'email', { subject: 'Hi {{ profile.salary }}', body: '<mjml><mj-body></mj-body></mjml>' }],
      ],
      ['start:next>mail'],
    );
    const { body: flow } = await post('/api/flows', operator, { name: 'Flow', graph });
    const check = await post(`/api/flows/${flow.id}/check`, operator, { graph });
    const found = check.body.problems.filter(({ code }: { code: string }) => code === 'attribute-not-allowed');
    expect(found.map(({ node, values }: { node: string; values: object }) => [node, values])).toEqual([
      ['start', { names: 'salary' }],
      ['mail', { names: 'salary' }],
    ]);
    const published = await post(`/api/flows/${flow.id}/publish`, operator, { baseRevision: flow.revision, note: '' });
    expect(published).toMatchObject({ status: 422, body: { code: 'flow-has-problems' } });
  });

  it('[GOV-3] reveals one value with a purpose, and it is known who looked', async () => {
    const look = { attribute: 'phone', purpose: 'Calls back about an order' };
    const { body } = await post(`/api/profiles/${ADA}/reveal`, operator, look);
    expect(body).toEqual({ value: '13800138000' });
    const denied = await post(`/api/profiles/${ADA}/reveal`, operator, { attribute: 'salary', purpose: 'Curious' });
    expect(denied.status).toBe(403);
    expect((await post(`/api/profiles/${ADA}/reveal`, analyst, look)).status).toBe(403);
    const { items } = await get(`/api/reveals?profileId=${ADA}`, administrator);
    expect(items).toMatchObject([{ profileId: ADA, userId: 'ada', by: 'operator', ...look }]);
    const [{ accountId }] = items;
    for (const [narrowing, found] of [
      [`accountId=${accountId}`, 1],
      ['accountId=nobody', 0],
      [`attribute=${look.attribute}`, 1],
      ['attribute=city', 0],
    ] as const)
      expect((await get(`/api/reveals?${narrowing}`, administrator)).items).toHaveLength(found);
    expect((await app.call('GET', '/api/reveals', { headers: operator })).status).toBe(403);
  });
});
