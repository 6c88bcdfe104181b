import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { soundGraph } from '../flows/flows.fixture.ts';
import { approvalSettings } from './approval-setting.ts';

type Headers = Record<string, string>;
let app: TestApp;
let administrator: Headers;
let operator: Headers;
let colleague: Headers;
let developer: Headers;
let flowId: string;

beforeAll(async () => {
  app = await startApp();
  administrator = await app.signInAs('administrator');
  operator = await app.signInAs('operator');
  colleague = await app.signInAs('operator');
  developer = await app.signInAs('developer');
  await app.call('PUT', '/api/settings/approval', { body: { isRequired: true }, headers: administrator });
});
afterAll(() => app.close());
beforeEach(async () => {
  const body = { name: 'Flow', graph: soundGraph('one') };
  flowId = (await app.call('POST', '/api/flows', { body, headers: operator })).body.id;
});

const post = (path: string, headers: Headers, body: object = {}) => app.call('POST', path, { body, headers });
const publish = (headers: Headers, baseRevision = 1) =>
  post(`/api/flows/${flowId}/publish`, headers, { baseRevision, note: '' });
const ask = (headers: Headers, body: object = {}) =>
  post(`/api/flows/${flowId}/approvals`, headers, { baseRevision: 1, note: 'please', ...body });
const asked = async (headers: Headers, body: object = {}): Promise<string> => (await ask(headers, body)).body.id;
const decide = (id: string, how: string, headers: Headers, body: object = {}) =>
  post(`/api/approvals/${id}/${how}`, headers, body);
const read = async (id: string, headers = operator) =>
  (await app.call('GET', `/api/approvals/${id}`, { headers })).body;
const save = (graph: object, baseRevision: number) =>
  app.call('PUT', `/api/flows/${flowId}/draft`, { body: { name: 'Flow', graph, baseRevision }, headers: operator });
const versions = async () => (await app.call('GET', `/api/flows/${flowId}/versions`, { headers: operator })).body.items;
const waitingFor = async (headers: Headers): Promise<number> =>
  (await app.call('GET', '/api/approvals/waiting', { headers })).body.count;

test('[APPR-1] while approval is asked for nobody publishes a draft directly, administrators neither', async () => {
  for (const headers of [operator, administrator])
    expect(await publish(headers)).toMatchObject({ status: 409, body: { code: 'approval-required' } });
  expect(await versions()).toEqual([]);
});

test('[APPR-1] going back to a version that was live needs no approval', async () => {
  await decide(await asked(operator), 'approve', colleague);
  await save(soundGraph('two'), 1);
  await decide(await asked(operator, { baseRevision: 2 }), 'approve', colleague);
  const back = await post(`/api/flows/${flowId}/roll-back`, operator, { version: 1, note: '' });
  expect(back.body).toEqual({ version: 3 });
});

test('[APPR-2] nobody decides a request of their own, by session or by access token', async () => {
  const body = { name: 'program', days: 1 };
  const { token } = (await app.call('POST', '/api/access-tokens', { body, headers: administrator })).body;
  const id = await asked(administrator);
  for (const headers of [administrator, { authorization: `Bearer ${token}` }]) {
    expect((await decide(id, 'approve', headers)).body.code).toBe('approval-own');
    expect((await decide(id, 'send-back', headers, { comment: 'x' })).body.code).toBe('approval-own');
  }
  expect((await read(id)).state).toBe('open');
});

test('who may not publish may ask, and decides nothing', async () => {
  const id = await asked(developer);
  expect(await read(id)).toMatchObject({ state: 'open', requestedBy: 'developer' });
  const other = await app.signInAs('developer');
  expect((await decide(id, 'approve', other)).status).toBe(403);
  expect((await decide(id, 'withdraw', operator)).body.code).toBe('not-allowed');
  expect((await ask(await app.signInAs('analyst'))).status).toBe(403);
});

test('[APPR-3] a draft that is saved again makes the request void, and a void one is decided by nobody', async () => {
  const id = await asked(operator);
  await save(soundGraph('two'), 1);
  expect((await read(id)).state).toBe('void');
  for (const [how, body] of [
    ['approve', {}],
    ['send-back', { comment: 'x' }],
  ] as const)
    expect((await decide(id, how, colleague, body)).body).toMatchObject({
      code: 'approval-state',
      details: { state: 'void' },
    });
  expect(await versions()).toEqual([]);
});

test('[APPR-3] a newer request takes the place of the one before', async () => {
  const first = await asked(operator);
  const second = await asked(developer);
  expect((await read(first)).state).toBe('void');
  const open = await app.call('GET', `/api/approvals?open=true&flowId=${flowId}`, { headers: colleague });
  expect(open.body.items).toMatchObject([{ id: second, isOwn: false }]);
});

test('[APPR-4] agreeing publishes what was asked for, with name, note and choice, and says who was the second', async () => {
  const id = await asked(developer, { name: 'Spring', policy: { kind: 'end' } });
  expect((await decide(id, 'approve', colleague, { comment: 'fine' })).body).toEqual({ version: 1 });
  expect(await versions()).toMatchObject([
    {
      version: 1,
      name: 'Spring',
      note: 'please',
      publishedBy: 'developer',
      approvedBy: 'operator',
      graph: soundGraph('one'),
    },
  ]);
  expect(await read(id)).toMatchObject({ state: 'approved', version: 1, decidedBy: 'operator', comment: 'fine' });
});

test('[APPR-4] what keeps a graph from being published keeps it from being sent for approval', async () => {
  await save({ ...soundGraph(), edges: [] }, 1);
  expect((await ask(operator, { baseRevision: 2 })).body.code).toBe('flow-has-problems');
  expect((await ask(operator)).body.code).toBe('draft-conflict');
});

test('[APPR-5] a request is decided once; the same answer is given to whoever decided and asks again', async () => {
  const id = await asked(operator);
  const answers = await Promise.all([decide(id, 'approve', colleague), decide(id, 'approve', colleague)]);
  expect(answers.map(({ body }) => body.version ?? body.code).sort()).toContain(1);
  expect((await decide(id, 'approve', colleague)).body).toEqual({ version: 1 });
  const late = await decide(id, 'send-back', administrator, { comment: 'late' });
  expect(late.body).toMatchObject({ code: 'approval-state', details: { state: 'approved' } });
  expect(await versions()).toHaveLength(1);
});

test('[APPR-6] who sent it back, and with which words, stays with the request', async () => {
  const id = await asked(operator);
  expect((await decide(id, 'send-back', colleague, { comment: '' })).status).toBe(400);
  await decide(id, 'send-back', colleague, { comment: 'Whom does it reach?' });
  expect(await read(id)).toMatchObject({
    state: 'sent-back',
    requestedBy: 'operator',
    decidedBy: 'operator',
    comment: 'Whom does it reach?',
    base: null,
  });
  expect((await read(await asked(operator))).state).toBe('open');
});

test('[APPR-6] every change of the setting is kept with who made it', async () => {
  const change = (isRequired: boolean, headers = administrator) =>
    app.call('PUT', '/api/settings/approval', { body: { isRequired }, headers });
  expect((await change(false, operator)).status).toBe(403);
  expect((await change(false)).body).toMatchObject({ isRequired: false, changedBy: 'administrator' });
  expect((await publish(operator)).body).toEqual({ version: 1 });
  await change(true);
  await change(true);
  const kept = await app.database.collection(approvalSettings).find().sort({ _id: 1 }).toArray();
  expect(kept.map(({ isRequired }) => isRequired)).toEqual([true, false, true]);
});

test('what waits is counted for those who may decide it, and for nobody else', async () => {
  const [before, own] = [await waitingFor(colleague), await waitingFor(operator)];
  const id = await asked(operator);
  expect(await waitingFor(colleague)).toBe(before + 1);
  expect(await waitingFor(operator)).toBe(own);
  expect(await waitingFor(developer)).toBe(0);
  await decide(id, 'withdraw', operator);
  expect(await waitingFor(colleague)).toBe(before);
});

test('a page of open requests is as long as it may be, whatever became void between them', async () => {
  await asked(operator);
  for (let index = 0; index < 3; index += 1) await asked(operator);
  const read = await app.call('GET', '/api/approvals?open=true&limit=1', { headers: colleague });
  expect(read.body.items).toHaveLength(1);
  expect(read.body.items[0]).toMatchObject({ flowId, state: 'open' });
});
