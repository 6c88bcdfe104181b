import type { Condition } from '@sluice/shared/condition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { calls } from '../calls/call-record.ts';
import { serviceAt } from '../calls/http-calls.fixture.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { profileIdOf } from '../profiles/profile-record.ts';

let app: TestApp;
let administrator: Record<string, string>;
let operator: Record<string, string>;
let analyst: Record<string, string>;
let developer: Record<string, string>;
let key: Record<string, string>;

const column = (name: string, type: string, over: object = {}) => ({ name, type, sensitivity: 'internal', ...over });
const POLICIES = {
  displayName: 'Policies',
  columns: [
    column('customer', 'string'),
    column('number', 'string', { sensitivity: 'sensitive', maskAs: 'whole' }),
    column('premium', 'number'),
    column('expires_on', 'date'),
    column('city', 'string', { joined: 'city' }),
    column('salary', 'number', { joined: 'salary' }),
  ],
  userColumn: 'customer',
  keyColumns: ['number'],
  lookups: [
    {
      name: 'up_for_renewal',
      columns: ['number', 'expires_on', 'city'],
      where: [{ property: 'expires_on', is: { operator: 'between', value: [inDays(0), inDays(30)] } }],
      sortBy: 'expires_on',
      limit: 2,
    },
  ],
};

function inDays(relative: number) {
  return { relative, unit: 'day' };
}
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
  app.call(method as 'GET', path, { headers, ...(body !== undefined && { body }) });
const write = (...rows: object[]) => call('POST', '/v1/datasets/policies/rows', key, { rows });
const identify = (userId: string, traits: object) => call('POST', '/v1/identify', key, { userId, traits });
const rowsOf = async (userId: string, headers = administrator) =>
  (await call('GET', `/api/datasets/policies/rows?userId=${userId}`, headers)).body.items as {
    values: Record<string, unknown>;
    masked?: string[];
  }[];
const count = async (condition: unknown, headers = administrator) =>
  (await call('POST', '/api/audiences/count', headers, { condition })).body;
const rowsWhere = (over: object): Condition =>
  ({
    op: 'dataset',
    dataset: 'policies',
    measure: { kind: 'count' },
    is: { operator: 'atLeast', value: 1 },
    ...over,
  }) as Condition;

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  operator = await app.signInAs('operator');
  analyst = await app.signInAs('analyst');
  developer = await app.signInAs('developer');
  key = await app.withWriteKey();
  await identify('ada', { city: 'Graz', salary: 9000, email: 'ada@example.test' });
  await until(
    () => call('PUT', '/api/attributes/salary', administrator, { sensitivity: 'secret' }),
    ({ status }) => status === 200,
  );
  await until(
    () => call('PUT', '/api/datasets/policies?isNew=true', administrator, POLICIES),
    ({ status }) => status === 200,
  );
});
afterAll(() => app.close());

describe('rows', () => {
  it('[DS-1] come in by their key, change what is there, and are refused one by one', async () => {
    const first = await write(
      { customer: 'ada', number: 'P1', premium: 100, expires_on: dayIn(10) },
      { customer: 'ada', number: 'P2', premium: 'much' },
      { customer: 'ada', premium: 7 },
      { number: 'P3' },
      { customer: 'ada', number: 'P4', city: 'Rome' },
    );
    expect(first.body).toMatchObject({
      written: 1,
      rejected: [
        { index: 1, code: 'value-type', column: 'premium' },
        { index: 2, code: 'key-missing', column: 'number' },
        { index: 3, code: 'id-missing', column: 'customer' },
        { index: 4, code: 'column-unknown', column: 'city' },
      ],
    });
    await write(
      { customer: 'ada', number: 'P1', premium: 120, expires_on: null },
      { customer: 'ada', number: 'P1', premium: 130 },
    );
    const [row, ...others] = await rowsOf('ada');
    expect(others).toEqual([]);
    expect(row?.values).toEqual({ customer: 'ada', number: 'P1', premium: 130, city: 'Graz', salary: '***' });
  });

  it('[DS-2] follow the attributes of their owner, and the owner where that changes', async () => {
    await write({ customer: 'ben', number: 'B1', premium: 5 });
    expect((await rowsOf('ben'))[0]?.values).toMatchObject({ premium: 5 });
    await identify('ben', { city: 'Linz' });
    await until(
      () => rowsOf('ben'),
      ([row]) => row?.values.city === 'Linz',
    );
    await write({ customer: 'ada', number: 'B1' });
    expect((await rowsOf('ada')).map(({ values }) => values.city)).toEqual(['Graz', 'Graz']);
    expect(await rowsOf('ben')).toEqual([]);
    await call('POST', '/v1/datasets/policies/rows/delete', key, { keys: [{ number: 'B1' }] });
  });

  it('[DS-5] show and answer each role what it may see', async () => {
    const [seen] = await rowsOf('ada', operator);
    expect([Object.keys(seen?.values ?? {}).sort(), seen?.masked]).toEqual([
      ['city', 'customer', 'number', 'premium'],
      ['number'],
    ]);
    expect(seen?.values.number).not.toContain('P1');
    const byNumber = rowsWhere({ where: [{ property: 'number', is: { operator: 'startsWith', value: 'P' } }] });
    expect(await count(byNumber, analyst)).toMatchObject({
      code: 'attribute-not-allowed',
      details: { names: 'policies.number' },
    });
    expect(await count(byNumber, operator)).toMatchObject({ count: 1 });
    expect(await count(rowsWhere({ measure: { kind: 'max', column: 'salary' } }), operator)).toMatchObject({
      code: 'attribute-not-allowed',
    });
    const { body } = await call('GET', '/api/datasets', operator);
    expect(body.items[0].columns.map(({ name }: { name: string }) => name)).not.toContain('salary');
    expect((await call('PUT', '/api/datasets/policies', operator, POLICIES)).status).toBe(403);
    expect((await call('DELETE', '/api/datasets/policies', operator)).status).toBe(403);
  });
});

describe('conditions on rows', () => {
  it('[COND-2] name a column and a comparison that the dataset has', async () => {
    const wrong = rowsWhere({ where: [{ property: 'colour', is: { operator: 'equals', value: 'red' } }] });
    expect(await count(wrong)).toMatchObject({ code: 'condition-invalid' });
    const text = rowsWhere({ measure: { kind: 'sum', column: 'number' }, is: { operator: 'atLeast', value: 1 } });
    expect(await count(text)).toMatchObject({ code: 'condition-invalid' });
  });

  it('[DS-3] keep dynamic audiences current as rows come, change, move and go', async () => {
    const condition = {
      op: 'all',
      of: [
        rowsWhere({ where: [{ property: 'city', is: { operator: 'equals', value: 'Wien' } }] }),
        rowsWhere({ measure: { kind: 'sum', column: 'premium' }, is: { operator: 'greaterThan', value: 50 } }),
      ],
    };
    const { body: audience } = await call('POST', '/api/audiences', administrator, {
      name: 'Viennese',
      kind: 'dynamic',
      condition,
    });
    const members = async () =>
      (await call('GET', `/api/audiences/${audience.id}/members`, administrator)).body.items.map(
        (item: { profile: { userId: string } }) => item.profile.userId,
      );
    await until(
      async () => (await call('GET', `/api/audiences/${audience.id}`, administrator)).body,
      ({ extraction }) => extraction?.status === 'done',
    );
    await identify('eva', { city: 'Wien' });
    await write({ customer: 'eva', number: 'E1', premium: 40 });
    await write({ customer: 'eva', number: 'E2', premium: 20 });
    await until(members, (ids) => ids.join() === 'eva');
    await write({ customer: 'eva', number: 'E2', premium: 10 });
    await until(members, (ids) => ids.length === 0);
    await write({ customer: 'eva', number: 'E2', premium: 60 });
    await until(members, (ids) => ids.join() === 'eva');
    await identify('eva', { city: 'Baden' });
    await until(members, (ids) => ids.length === 0);
    await identify('eva', { city: 'Wien' });
    await until(members, (ids) => ids.join() === 'eva');
    expect((await call('POST', '/v1/datasets/policies/rows/delete', key, { keys: [{ number: 'E2' }] })).body).toEqual({
      deleted: 1,
    });
    await until(members, (ids) => ids.length === 0);
    await until(
      () => rowsOf('eva'),
      (rows) => rows.length === 1,
    );

    const refused = await call('DELETE', '/api/datasets/policies', administrator);
    expect(refused).toMatchObject({ status: 409, body: { code: 'dataset-in-use', details: { names: 'Viennese' } } });
  });

  it('[DS-4] follow a merge and its undo, and the rows go with a deleted profile', async () => {
    await write({ customer: 'old', number: 'O1', premium: 1 });
    await identify('new', { city: 'Steyr' });
    const [from, into] = [profileIdOf({ userId: 'old' }), profileIdOf({ userId: 'new' })];
    const { body: merge } = await call('POST', '/api/profiles/merge', administrator, { from, into });
    const owned = async (profileId: string) =>
      (await call('GET', `/api/datasets/policies/rows?profileId=${profileId}`, administrator)).body.items.map(
        ({ values }: { values: Record<string, unknown> }) => [values.number, values.city],
      );
    await until(
      () => owned(into),
      (rows) => JSON.stringify(rows) === '[["O1","Steyr"]]',
    );
    await until(
      () => call('POST', `/api/merges/${merge.id}/undo`, administrator, {}),
      ({ status, body }) => status === 200 && body.status === 'undone',
    );
    await until(
      () => owned(from),
      (rows) => JSON.stringify(rows) === '[["O1",null]]',
    );
    expect((await call('GET', `/api/profiles/${from}/belongings`, administrator)).body).toMatchObject({ rows: 1 });
    await call('DELETE', `/api/profiles/${from}`, administrator);
    expect(await owned(from)).toEqual([]);
  });
});

describe('a declaration', () => {
  it('[DS-6] keeps its types and keys, and says what does not fit', async () => {
    const problemOf = async (over: object) =>
      (await call('PUT', '/api/datasets/policies', administrator, { ...POLICIES, ...over })).body.details?.problem?.[
        'en-US'
      ];
    expect(await problemOf({ keyColumns: ['premium'] })).toContain('cannot be changed');
    expect(await problemOf({ userColumn: 'city' })).toContain('no column of the rows themselves');
    const retyped = POLICIES.columns.map((each) => (each.name === 'premium' ? { ...each, type: 'string' } : each));
    expect(await problemOf({ columns: retyped, lookups: [] })).toContain('another type');
    const { status } = await call('PUT', '/api/datasets/policies?isNew=true', administrator, POLICIES);
    expect(status).toBe(409);
  });

  it('[DS-2] that joins another attribute brings it into the rows that are there', async () => {
    const columns = [...POLICIES.columns, column('mail', 'string', { joined: 'email' })];
    expect((await call('PUT', '/api/datasets/policies', administrator, { ...POLICIES, columns })).status).toBe(200);
    await until(
      () => rowsOf('ada'),
      ([row]) => row?.values.mail === 'ada@example.test',
    );
  });
});

it('[DS-5] [SQL-3] statements read rows by the name of the dataset, without what their author may not read', async () => {
  await write({ customer: 'sql', number: 'S1', premium: 70 }, { customer: 'sql', number: 'S2', premium: 30 });
  const run = async (statement: string, headers = administrator) =>
    (await call('POST', '/api/sql/run', headers, { statement })).body;
  const total = `SELECT p.user_id, sum(r.premium) AS total FROM profiles p JOIN policies r ON r.profile_id = p.id
    WHERE p.user_id = 'sql' GROUP BY p.user_id`;
  expect((await run(total)).rows).toEqual([['sql', 100]]);
  expect(await run('SELECT salary FROM policies', operator)).toMatchObject({ code: 'statement-invalid' });
  expect(await run('SELECT number FROM policies', operator)).toMatchObject({ code: 'statement-invalid' });
});

it('[DS-7] a look-up hands the rows of the moment to the message, in order and not too many', async () => {
  for (const [number, days] of [
    ['R1', 20],
    ['R2', 3],
    ['R3', 9],
    ['R4', 90],
  ] as const)
    await write({ customer: 'mia', number, expires_on: dayIn(days) });
  const mjml =
    '<mjml><mj-body><mj-section><mj-column><mj-text>{% for p in related.policies.up_for_renewal %}[{{ p.number }}{{ p.premium }}]{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>';
  const message = {
    subject: '{{ related.policies.up_for_renewal.size }}',
    mjml,
    profileId: profileIdOf({ userId: 'mia' }),
  };
  const { body } = await call('POST', '/api/content/preview-email', administrator, message);
  expect([body.subject, body.text.includes('[R2][R3]')]).toEqual(['2', true]);
});

it('[DS-7] a look-up hands the rows of the moment to webhooks and services', async () => {
  await write({ customer: 'zoe', number: 'Z1', expires_on: dayIn(5) });
  const body =
    '{"renew": "{{ related.policies.up_for_renewal }}", "first": "{{ related.policies.up_for_renewal[0].number }}"}';
  const webhook = {
    method: 'POST',
    url: 'https://hooks.invalid/{{ related.policies.up_for_renewal.size }}',
    format: 'json',
  };
  const graph = graphOf(
    [
      ['start', 'call-trigger', { audience: { op: 'all', of: [] }, reentry: 'unlimited' }],
      ['tell', 'webhook', { ...webhook, body, waits: false, timeoutMs: 1000, maxAttempts: 1 }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>tell', 'tell:next>end'],
  );
  const { body: flow } = await call('POST', '/api/flows', administrator, { name: 'Renewals', graph });
  await call('POST', `/api/flows/${flow.id}/publish`, administrator, { baseRevision: flow.revision, note: '' });
  await call('POST', `/v1/flows/${flow.id}/trigger`, key, { userId: 'zoe' });
  const [made] = await until(
    () => app.database.collection(calls).find({ flowId: flow.id }).toArray(),
    (found) => found.length > 0,
  );
  const renew = [{ number: 'Z1', expires_on: `${dayIn(5)}T00:00:00.000Z` }];
  expect(JSON.parse(made?.request?.body ?? '')).toEqual({ renew, first: 'Z1' });
  expect(made?.request?.url).toBe('https://hooks.invalid/1');

  const definition = { ...serviceAt('https://risk.invalid'), request: { ...webhook, headers: [], body } };
  const { body: service } = await call('POST', '/api/services', administrator, { definition });
  const profileId = profileIdOf({ userId: 'zoe' });
  const test = (headers: typeof key) => call('POST', `/api/services/${service.id}/test`, headers, { profileId });
  expect(JSON.parse((await test(administrator)).body.request.body)).toEqual({ renew, first: 'Z1' });
  expect((await test(developer)).body.request.body).not.toContain('Z1');
});
