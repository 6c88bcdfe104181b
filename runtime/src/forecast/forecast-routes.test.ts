import type { Graph } from '@sluice/shared/graph';
import type { Forecast, ForecastHours, ForecastSettings } from '@sluice/shared/http-api';
import { DAY_MS, HOUR_MS } from '@sluice/shared/time';
import type { Document } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';

const PEOPLE = 1200;
const BODY = '<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>';
const variant = (key: string, isHoldOut = false) => ({ key, name: key, weight: 50, isHoldOut });

/** Four in five are rich enough; of those half get a letter, if they have an address. */
const graph: Graph = graphOf(
  [
    [
      'start',
      'schedule',
      { when: 'now', audience: { op: 'attribute', name: 'history', is: { operator: 'atLeast', value: 20 } } },
    ],
    ['split', 'ab-split', { variants: [variant('mail'), variant('none', true)] }],
    ['mail', 'email', { to: 'email', subject: 'Hello', body: BODY }],
    [
      'opened',
      'wait-for-event',
      {
        events: [{ key: 'yes', name: 'Opened', on: { event: 'Email Opened' } }],
        need: 'any',
        since: 'now',
        timeoutMs: 3 * DAY_MS,
      },
    ],
    ['thank', 'update-attribute', { changes: [{ attribute: 'thanked', action: 'set', value: true }] }],
    ['end', 'exit', { reason: '' }],
  ],
  [
    'start:next>split',
    'split:mail>mail',
    'split:none>end',
    'mail:next>opened',
    'opened:yes>thank',
    'opened:timeout>end',
    'thank:next>end',
  ],
);

const settings: ForecastSettings = {
  days: 30,
  startAt: '2099-03-02T08:00:00.000Z',
  seed: 7,
  rates: [
    { key: 'Email Opened', node: 'mail', share: 0.4, medianMs: HOUR_MS },
    { key: 'Link Clicked', node: 'mail', share: 0.1, medianMs: HOUR_MS },
  ],
  arrivals: [],
  answers: [],
  channels: [{ channel: 'email', perThousandMinor: 500, perMinute: 100 }],
  nodes: [{ node: 'thank', unitMinor: 300, stock: 100 }],
  currency: 'CNY',
};

let app: TestApp;
let tester: Record<string, string>;
let flowId: string;

beforeAll(async () => {
  app = await startApp();
  tester = await app.signInAs('tester');
  const at = new Date();
  await app.database.collection(profiles).insertMany(
    Array.from({ length: PEOPLE }, (_, index) => ({
      _id: profileIdOf({ userId: `user-${index}` }),
      userId: `user-${index}`,
      attributes: { history: index % 100, ...(index % 4 !== 0 && { email: `user-${index}@shop.example` }) },
      createdAt: at,
      updatedAt: at,
    })),
  );
  const flow = await app.call('POST', '/api/flows', {
    body: { name: 'Letter', graph },
    headers: await app.signInAs('operator'),
  });
  flowId = flow.body.id;
});
afterAll(() => app.close());

const call = (method: string, path = '', body?: unknown, headers = tester) =>
  app.call(method, `/api/flows/${flowId}/forecasts${path}`, { headers, ...(body !== undefined && { body }) });

async function made(change: Partial<ForecastSettings> = {}, of: Graph = graph): Promise<Forecast> {
  const begun = await call('POST', '', { graph: of, settings: { ...settings, ...change } });
  expect(begun.status).toBe(200);
  return until(
    async () => (await call('GET', `/${begun.body.id}`)).body,
    ({ status }) => status !== 'running',
  );
}

/** Everything stored but forecasts, the clock work, and what signing in leaves. */
async function stored(): Promise<Record<string, Document[]>> {
  const { db } = app.database;
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  const own = new Set(['forecasts', 'agendaJobs', 'sessions', 'accounts']);
  const found: Record<string, Document[]> = {};
  for (const name of names.filter((one) => !own.has(one)))
    found[name] = await db.collection(name).find().sort({ _id: 1 }).toArray();
  return found;
}

it('[FC-1] sends the whole audience through a draft, and writes nothing but the result', async () => {
  const before = await stored();
  const { status, result, profiles: looked } = await made();
  expect(await stored()).toEqual(before);
  expect(status).toBe('done');
  expect(looked).toBe(PEOPLE * 0.8);
  const node = (id: string) => result?.nodes.find((one) => one.node === id);
  expect(result).toMatchObject({ runs: PEOPLE * 0.8, entered: PEOPLE * 0.8, ended: PEOPLE * 0.8 });
  const [messages] = result?.messages ?? [];
  expect(messages?.asked).toBe(node('split')?.left['mail']);
  expect(messages?.suppressed).toEqual([
    { reason: 'email:no-address', count: (messages?.asked ?? 0) - (messages?.sent ?? 0) },
  ]);
  // Four in ten of those who get it, within three standard errors.
  const sent = messages?.sent ?? 0;
  const opened = node('opened')?.left['yes'] ?? 0;
  expect(Math.abs(opened - 0.4 * sent)).toBeLessThan(3 * Math.sqrt(0.24 * sent));
  expect(node('opened')).toMatchObject({ waited: messages?.asked });
});

it('counts by hour, with what it costs and what it needs', async () => {
  const { id, result } = await made();
  const hours: ForecastHours = (await call('GET', `/${id}/hours`)).body;
  const of = (node: string) => hours.nodes.find((one) => one.node === node)?.entered ?? [];
  const sum = (pairs: number[]) => pairs.reduce((total, count, index) => (index % 2 === 1 ? total + count : total), 0);
  const thanked = result?.nodes.find(({ node }) => node === 'thank')?.entered ?? 0;
  expect(of('mail')).toEqual([0, result?.messages[0]?.asked]);
  expect(sum(of('thank'))).toBe(thanked);
  expect(of('thank').length).toBeGreaterThan(10);
  expect(hours.channels).toEqual([{ channel: 'email', sent: [0, result?.messages[0]?.sent] }]);
  const messageCost = Math.round(((result?.messages[0]?.sent ?? 0) * 500) / 1000);
  expect(result?.costMinor).toBe(messageCost + thanked * 300);
  expect(result?.nodeCosts).toMatchObject([{ node: 'thank', taken: thanked, stock: 100 }]);
  expect(result?.warnings.map(({ code }) => code)).toEqual(['rate-over-limit', 'stock-short']);
  expect(result?.warnings[1]?.values).toMatchObject({ short: thanked - 100 });
});

it('[FC-2] the same seed, people and figures give the same forecast, another seed another', async () => {
  const bare = ({ result }: Forecast) => ({ ...result, tookMs: 0 });
  const [first, second, other] = [await made(), await made(), await made({ seed: 8 })];
  expect(bare(second)).toEqual(bare(first));
  expect(bare(other)).not.toEqual(bare(first));
});

it('says what history knows about a graph: nothing, where nothing has happened', async () => {
  const { body } = await app.call('POST', `/api/flows/${flowId}/forecast-basis`, {
    body: { graph, days: 30 },
    headers: tester,
  });
  expect(body.messageNodes).toEqual([{ node: 'mail', channel: 'email' }]);
  expect(body.events.map(({ key }: { key: string }) => key)).toEqual(['Email Opened', 'Link Clicked']);
  expect(body.rates.find(({ node }: { node: string | null }) => node === 'mail')).toMatchObject({
    share: 0,
    source: { kind: 'none' },
  });
});

it('warns of an audience that is empty and of ways that nobody takes', async () => {
  const nobody = structuredClone(graph);
  (nobody.nodes[0] as Graph['nodes'][number]).params['audience'] = {
    op: 'attribute',
    name: 'history',
    is: { operator: 'greaterThan', value: 1e6 },
  };
  const empty = await made({}, nobody);
  expect(empty.result?.warnings).toMatchObject([{ code: 'audience-empty' }]);
  const silent = await made({ rates: [] });
  expect(silent.result?.warnings).toContainEqual(
    expect.objectContaining({ code: 'port-unused', node: 'opened', port: 'yes' }),
  );
  expect(silent.result?.warnings).toContainEqual({ code: 'no-history', node: 'mail' });
});

it('is listed, newest first, and deleted', async () => {
  const { id } = await made();
  const listed = await call('GET');
  expect(listed.body.items[0]).toMatchObject({ id, status: 'done', settings });
  expect((await call('DELETE', `/${id}`)).status).toBe(200);
  expect((await call('GET', `/${id}`)).status).toBe(404);
  expect((await call('GET', `/${id}/hours`)).status).toBe(404);
});

it('one that is over cannot be stopped, and says so in both languages', async () => {
  const { id } = await made();
  const answer = await call('POST', `/${id}/cancel`, {});
  expect(answer).toMatchObject({ status: 409, body: { code: 'forecast-state' } });
  expect(Object.keys(answer.body.details.problem)).toEqual(['en-US', 'zh-CN']);
});

it('refuses a graph with problems, a node of another flow’s version and settings out of bounds', async () => {
  const broken = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['mail', 'email', {}],
    ],
    ['start:next>mail'],
  );
  expect((await call('POST', '', { graph: broken, settings })).body.code).toBe('flow-has-problems');
  expect((await call('POST', '', { version: 99, settings })).status).toBe(404);
  expect((await call('POST', '', { graph, settings: { ...settings, days: 4000 } })).body.code).toBe('request-invalid');
});

it.each([
  ['analyst', 403, 200],
  ['tester', 200, 200],
  ['developer', 200, 200],
  ['operator', 200, 200],
  ['administrator', 200, 200],
] as const)('a %s who starts one gets %i, and who reads them %i', async (role, start, read) => {
  const headers = await app.signInAs(role);
  const begun = await call('POST', '', { graph, settings: { ...settings, days: 1 } }, headers);
  expect(begun.status).toBe(start);
  if (start === 200) await call('DELETE', `/${begun.body.id}`, undefined, headers);
  expect((await call('GET', '', undefined, headers)).status).toBe(read);
  expect((await call('GET', '', undefined, {})).status).toBe(401);
});
