import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { runs } from '../executor/run-record.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import { flowWith } from './enrolment.fixture.ts';

let app: TestApp;
let operator: Record<string, string>;
let writer: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
  writer = await app.withWriteKey();
});
afterAll(() => app.close());

async function publish(graph: object): Promise<string> {
  const { body: flow } = await app.call('POST', '/api/flows', { headers: operator, body: { name: 'Flow', graph } });
  const { status, body } = await app.call('POST', `/api/flows/${flow.id}/publish`, {
    headers: operator,
    body: { baseRevision: flow.revision, note: '' },
  });
  expect([status, body]).toEqual([200, { version: 1 }]);
  return flow.id;
}

const runsOf = (flowId: string) => app.database.collection(runs).find({ flowId }).toArray();
const called = (params: object = {}) => flowWith('call-trigger', { reentry: 'unlimited', ...params });

it('[ENT-9] starts a flow for a person named by a call, new ones too, and once per message id', async () => {
  const flowId = await publish(called());
  const call = { userId: 'ann', messageId: 'm-1', data: { orderId: 'A1' } };
  const ask = () => app.call('POST', `/v1/flows/${flowId}/trigger`, { headers: writer, body: call });
  const first = await ask();
  expect(first.body.results).toEqual([{ runId: expect.any(String), isStarted: true, refusal: null }]);
  const again = await ask();
  expect(again.body.results).toEqual([{ ...first.body.results[0], isStarted: false }]);
  const [run] = await runsOf(flowId);
  expect(run).toMatchObject({ profileId: profileIdOf({ userId: 'ann' }), event: { properties: { orderId: 'A1' } } });
});

it('[ENT-4] answers a batch in its order and counts, with the reason for each who was turned away', async () => {
  const flowId = await publish(called({ reentry: 'key', cap: 'ever', capMax: 2 }));
  const batch = [
    { userId: 'bob', key: 'k1' },
    { userId: 'bob', key: 'k1' },
    { userId: 'bob' },
    { anonymousId: 'device-1', key: 'k1' },
    { userId: 'cai', key: 'k1' },
  ];
  const { body } = await app.call('POST', `/v1/flows/${flowId}/trigger`, { headers: writer, body: { batch } });
  expect(body.results.map((one: { refusal: string | null }) => one.refusal)).toEqual([
    null,
    'already-entered',
    'no-key',
    null,
    'cap-reached',
  ]);
  const { body: state } = await app.call('GET', `/api/flows/${flowId}/triggers`, { headers: operator });
  expect(state.items).toMatchObject([
    { node: 'start', kind: 'call', nextAt: null, refused: { 'already-entered': 1, 'no-key': 1, 'cap-reached': 1 } },
  ]);
  expect(state.items[0].latestRefusals).toHaveLength(3);
});

it('refuses a call that names nobody, brings too much, or asks for what is not live', async () => {
  const flowId = await publish(called());
  const other = await publish(flowWith('event-trigger', { event: 'Order Completed' }));
  const ask = async (id: string, body: object) => {
    const answer = await app.call('POST', `/v1/flows/${id}/trigger`, { headers: writer, body });
    return [answer.status, answer.body.code];
  };
  expect(await ask(flowId, {})).toEqual([400, 'request-invalid']);
  expect(await ask(flowId, { userId: 'ann', data: { $set: 1 } })).toEqual([400, 'request-invalid']);
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`part${index}`, 'x'.repeat(8000)]));
  expect(await ask(flowId, { userId: 'ann', data: many })).toEqual([400, 'request-invalid']);
  expect(await ask('nowhere', { userId: 'ann' })).toEqual([409, 'flow-not-live']);
  expect(await ask(other, { userId: 'ann' })).toEqual([404, 'not-found']);
  await app.call('POST', `/api/flows/${flowId}/archive`, { headers: operator });
  expect(await ask(flowId, { userId: 'ann' })).toEqual([409, 'flow-not-live']);
  expect(await runsOf(flowId)).toEqual([]);
});

it('starts chosen people and whole audiences by hand, each once per request', async () => {
  for (const userId of ['dan', 'eve'])
    await app.call('POST', '/v1/identify', { headers: writer, body: { userId, traits: { team: 'blue' } } });
  const audience = { op: 'attribute', name: 'team', is: { operator: 'equals', value: 'blue' } };
  const flowId = await publish(called({ audience }));
  const start = (whom: object, requestId: string) =>
    app.call('POST', `/api/flows/${flowId}/start`, { headers: operator, body: { whom, requestId } });
  const dan = { profileIds: [profileIdOf({ userId: 'dan' })] };
  expect((await start(dan, 'request-1')).body.results).toMatchObject([{ isStarted: true }]);
  expect((await start(dan, 'request-1')).body.results).toMatchObject([{ isStarted: false, refusal: null }]);
  expect((await start({ profileIds: ['nobody'] }, 'request-2')).status).toBe(404);
  for (let times = 0; times < 2; times++) expect((await start({ everyone: true }, 'request-3')).status).toBe(200);
  await expect.poll(() => runsOf(flowId)).toHaveLength(3);
});

it('starts a run when an event comes in by the API', async () => {
  const flowId = await publish(flowWith('event-trigger', { event: 'Order Completed', key: 'orderId', reentry: 'key' }));
  for (const orderId of ['A1', 'A1', 'A2'])
    await app.call('POST', '/v1/track', {
      headers: writer,
      body: { userId: 'fay', event: 'Order Completed', properties: { orderId } },
    });
  await expect.poll(() => runsOf(flowId)).toHaveLength(2);
});
