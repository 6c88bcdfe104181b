import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { flowWith } from '../enrolment/enrolment.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import { hooks } from './hook-record.ts';

let app: TestApp;
let operator: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  operator = await app.signInAs('operator');
});
afterAll(() => app.close());

const called = (params: object = {}) => flowWith('call-trigger', { reentry: 'unlimited', ...params });

async function publish(graph: object): Promise<string> {
  const { body: flow } = await app.call('POST', '/api/flows', { headers: operator, body: { name: 'Flow', graph } });
  const { status, body } = await app.call('POST', `/api/flows/${flow.id}/publish`, {
    headers: operator,
    body: { baseRevision: flow.revision, note: '' },
  });
  expect([status, body]).toEqual([200, { version: 1 }]);
  return flow.id;
}

async function renew(flowId: string): Promise<string> {
  const { status, body } = await app.call('POST', `/api/flows/${flowId}/hooks/start/address`, { headers: operator });
  expect([status, body.path]).toEqual([200, expect.stringMatching(/^\/hooks\/[\w-]{43}$/)]);
  return body.path;
}

async function listen(params: object = {}): Promise<{ flowId: string; path: string }> {
  const flowId = await publish(called(params));
  return { flowId, path: await renew(flowId) };
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.call('POST', path, { body, headers });
const runsOf = (flowId: string) => app.database.collection(runs).find({ flowId }).toArray();
const refusal = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

it('[ENT-9] starts the flow for whom a mapped body names, once however often it is sent', async () => {
  const mapping = 'orders.{ "userId": buyer.id, "messageId": $string(no), "data": { "total": price * count } }';
  const { flowId, path } = await listen({ mapping });
  const body = { orders: [1, 2].map((no) => ({ no, buyer: { id: `buyer-${no}` }, price: 5, count: no })) };
  const first = await post(path, body);
  expect([first.status, first.body]).toEqual([202, { received: 2, started: 2, known: 0, refused: 0 }]);
  const again = await post(path, { ...body, sentAgain: true });
  expect([again.status, again.body]).toEqual([202, { received: 2, started: 0, known: 2, refused: 0 }]);
  const found = await runsOf(flowId);
  expect(found).toHaveLength(2);
  expect(found.find(({ profileId }) => profileId === profileIdOf({ userId: 'buyer-2' }))).toMatchObject({
    event: { properties: { total: 10 } },
  });
});

it('[ENT-9] reads the fields as they are without a mapping, and knows the same body by its content', async () => {
  const { flowId, path } = await listen();
  const body = { userId: 'ann', data: { step: 1 }, somethingElse: true };
  expect((await post(path, body)).body).toMatchObject({ started: 1 });
  expect((await post(path, body)).body).toMatchObject({ started: 0, known: 1 });
  expect((await post(path, { ...body, data: { step: 2 } })).body).toMatchObject({ started: 1 });
  expect((await post(path, [{ userId: 'bob' }, { anonymousId: 'device-1' }])).body).toMatchObject({ started: 2 });
  expect(await runsOf(flowId)).toHaveLength(4);
});

it('counts whom the rules of the trigger turn away, and nobody where the expression gives nothing', async () => {
  const { flowId, path } = await listen({ reentry: 'once', mapping: 'type = "paid" ? { "userId": who } : null' });
  expect((await post(path, { type: 'paid', who: 'ann', no: 1 })).body).toMatchObject({ started: 1, refused: 0 });
  expect((await post(path, { type: 'paid', who: 'ann', no: 2 })).body).toMatchObject({ started: 0, refused: 1 });
  const nobody = await post(path, { type: 'other', who: 'bob' });
  expect([nobody.status, nobody.body.received]).toEqual([202, 0]);
  expect(await runsOf(flowId)).toHaveLength(1);
});

it('keeps its address over versions, and answers at the new one alone after it was renewed', async () => {
  const { flowId, path } = await listen();
  const { body: flow } = await app.call('GET', `/api/flows/${flowId}`, { headers: operator });
  const graph = called({ mapping: '{ "userId": who }' });
  const saved = await app.call('PUT', `/api/flows/${flowId}/draft`, {
    headers: operator,
    body: { graph, name: 'Flow', baseRevision: flow.revision },
  });
  const published = await app.call('POST', `/api/flows/${flowId}/publish`, {
    headers: operator,
    body: { baseRevision: saved.body.revision, note: '' },
  });
  expect(published.body).toEqual({ version: 2 });
  expect((await post(path, { who: 'ann' })).body).toMatchObject({ started: 1 });
  const next = await renew(flowId);
  expect(refusal(await post(path, { who: 'bob' }))).toEqual([404, 'not-found']);
  expect((await post(next, { who: 'bob' })).body).toMatchObject({ started: 1 });
  const { body } = await app.call('GET', `/api/flows/${flowId}/hooks`, { headers: operator });
  expect(body.items).toEqual([{ node: 'start', path: next, hasSecret: false, needsSignature: false }]);
  const [record] = await app.database.collection(hooks).find({ flowId }).toArray();
  expect(JSON.stringify(record)).not.toContain(next.slice('/hooks/'.length));
});

it('lets in what is signed with its secret, and nothing before there is one', async () => {
  const { flowId, path } = await listen({ signature: 'required', signatureHeader: 'X-Hub-Signature-256' });
  const body = JSON.stringify({ userId: 'ann', data: { text: '渠成' } });
  const sign = (secret: string, text = body) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`,
  });
  const setSecret = (given: object) =>
    app.call('POST', `/api/flows/${flowId}/hooks/start/secret`, { headers: operator, body: given });
  expect(refusal(await post(path, body, sign('')))).toEqual([401, 'signature-invalid']);
  const { body: made } = await setSecret({});
  expect(refusal(await post(path, body))).toEqual([401, 'signature-invalid']);
  expect(refusal(await post(path, body, sign('wrong')))).toEqual([401, 'signature-invalid']);
  expect(refusal(await post(path, `${body} `, sign(made.secret)))).toEqual([401, 'signature-invalid']);
  expect(await runsOf(flowId)).toEqual([]);
  expect((await post(path, body, sign(made.secret))).body).toMatchObject({ started: 1 });
  expect((await post(path, body, sign(made.secret))).body).toMatchObject({ started: 0, known: 1 });
  await setSecret({ secret: 'given by the sender' });
  expect(refusal(await post(path, body, sign(made.secret)))).toEqual([401, 'signature-invalid']);
  const spaced = ` ${body}\n`;
  expect((await post(path, spaced, sign('given by the sender', spaced))).status).toBe(202);
});

it('refuses what is no JSON, names nobody, is too deep, too much or unsafe to store', async () => {
  const { flowId, path } = await listen();
  const { path: mapped } = await listen({ mapping: '{ "userId": who, "data": rest }' });
  const { path: many } = await listen({ mapping: '[1..1001].{ "userId": "user-" & $string($) }' });
  for (const body of [
    '',
    '{',
    '7',
    '{}',
    `{"userId":"ann","data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    '{"userId":"ann","data":{"__proto__":{"isAdmin":true}}}',
    '{"userId":"ann","data":{"constructor":1}}',
    '{"userId":"ann","data":{"$set":1}}',
    '{"userId":{"$ne":1}}',
  ])
    expect([body.slice(0, 60), ...refusal(await post(path, body, { 'content-type': 'application/json' }))]).toEqual([
      body.slice(0, 60),
      400,
      'request-invalid',
    ]);
  for (const rest of ['{"__proto__":{"isAdmin":true}}', '{"a":{"$where":1}}'])
    expect(refusal(await post(mapped, `{"who":"ann","rest":${rest}}`))).toEqual([400, 'request-invalid']);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(refusal(await post(many, {}))).toEqual([400, 'request-invalid']);
  expect(refusal(await post(path, { userId: 'ann', data: 'x'.repeat(256 * 1024) }))).toEqual([413, 'body-too-large']);
  expect(refusal(await post('/hooks/guessed', { userId: 'ann' }))).toEqual([404, 'not-found']);
  expect(await runsOf(flowId)).toEqual([]);
});

it.each([
  ['goes round for ever', '($f := function($n) { $f($n + 1) }; $f(1))'],
  ['recurses without end', '($f := function($n) { 1 + $f($n + 1) }; $f(1))'],
  ['makes a list that has no end', '[1..10000000]'],
  ['fails', '$number("x")'],
  ['reaches for the engine', '$eval("process.env") ~> $keys() ? {"userId": "got out"} : {"userId": {}}'],
])('ends an expression that %s with a sentence, and serves the next', async (_name, mapping) => {
  const { flowId, path } = await listen({ mapping });
  const answer = await post(path, {});
  expect(refusal(answer)).toEqual([400, 'request-invalid']);
  expect(answer.body.message).not.toContain('[object');
  expect(await runsOf(flowId)).toEqual([]);
  const { path: other } = await listen({ mapping: '{ "userId": who }' });
  expect((await post(other, { who: 'ann' })).status).toBe(202);
});

it('refuses to publish an expression that cannot be read, and says why', async () => {
  for (const mapping of ['{ "userId": ', '('.repeat(9000)]) {
    const { body: flow } = await app.call('POST', '/api/flows', {
      headers: operator,
      body: { name: 'Flow', graph: called({ mapping }) },
    });
    const { status, body } = await app.call('POST', `/api/flows/${flow.id}/publish`, {
      headers: operator,
      body: { baseRevision: flow.revision, note: '' },
    });
    expect([status, body.details.problems]).toEqual([
      422,
      [expect.objectContaining({ code: 'mapping-invalid', node: 'start', param: '/mapping' })],
    ]);
    expect(body.details.problems[0].values.reason).not.toContain('[object');
  }
});

it('answers nothing for a flow that is not live, or a trigger that is not called', async () => {
  const { flowId, path } = await listen();
  const other = await publish(flowWith('event-trigger', { event: 'Order Completed' }));
  const renewed = await app.call('POST', `/api/flows/${other}/hooks/start/address`, { headers: operator });
  expect(refusal(renewed)).toEqual([404, 'not-found']);
  const early = await app.call('POST', `/api/flows/${other}/hooks/start/secret`, { headers: operator, body: {} });
  expect(refusal(early)).toEqual([404, 'not-found']);
  await app.call('POST', `/api/flows/${flowId}/archive`, { headers: operator });
  expect(refusal(await post(path, { userId: 'ann' }))).toEqual([409, 'flow-not-live']);
});

it('shows an address to nobody who may not start the flow', async () => {
  const { flowId } = await listen();
  for (const role of ['analyst', 'tester'] as const) {
    const headers = await app.signInAs(role);
    expect(refusal(await app.call('GET', `/api/flows/${flowId}/hooks`, { headers }))).toEqual([403, 'not-allowed']);
    for (const part of ['address', 'secret'])
      expect(
        refusal(await app.call('POST', `/api/flows/${flowId}/hooks/start/${part}`, { headers, body: {} })),
      ).toEqual([403, 'not-allowed']);
  }
});

it('limits how often one address is asked, whatever comes along with the call', async () => {
  const { path } = await listen();
  const statuses = new Set<number>();
  for (let round = 0; round < 31; round++) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(`${path}?${index}`, '{', { 'x-write-key': `${index}` })),
    );
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses].sort()).toEqual([400, 429]);
});
