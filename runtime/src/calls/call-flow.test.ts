import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { type Receiver, startReceiver } from '../outbound/receiver.fake.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { serviceAt } from './http-calls.fixture.ts';

let app: TestApp;
let receiver: Receiver;
let dataDir: string;
let as: Record<'administrator' | 'operator' | 'developer' | 'analyst', Record<string, string>>;

/** Whom the service finds risky, and whom it answers garbage for. */
const LEVELS: Record<string, string> = { u1: 'high', u2: 'low' };

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-calls-'));
  app = await startApp({ DATA_DIR: dataDir, HTTP_ALLOW_PRIVATE: 'yes' });
  receiver = await startReceiver();
  receiver.behave = (call, nth, response) => {
    if (call.path.startsWith('/refuse')) response.writeHead(404).end();
    else if (call.path.startsWith('/hook')) response.writeHead(nth === 1 ? 503 : 200).end();
    else {
      const { user } = JSON.parse(call.body) as { user: string };
      response
        .writeHead(200)
        .end(LEVELS[user] ? JSON.stringify({ data: { level: LEVELS[user], score: 0.7 } }) : '<html>');
    }
  };
  as = {
    administrator: await app.signInAs('administrator'),
    operator: await app.signInAs('operator'),
    developer: await app.signInAs('developer'),
    analyst: await app.signInAs('analyst'),
  };
  const now = new Date();
  await app.database.collection(profiles).insertMany(
    ['u1', 'u2', 'u3'].map((userId) => ({
      _id: profileIdOf({ userId }),
      userId,
      attributes: {},
      createdAt: now,
      updatedAt: now,
    })),
  );
});
afterAll(async () => {
  await app.close();
  await receiver.close();
  await rm(dataDir, { recursive: true });
});

const definition = () => ({
  ...serviceAt(`${receiver.url}`),
  request: { ...serviceAt(receiver.url).request, url: `${receiver.url}/risk`, body: '{"user": "{{ user_id }}"}' },
});
const create = (body: object, headers = as.developer) => app.call('POST', '/api/services', { headers, body });

async function publish(nodes: Parameters<typeof graphOf>[0], edges: string[]): Promise<string> {
  const made = await app.call('POST', '/api/flows', {
    headers: as.operator,
    body: { name: 'Calls', graph: graphOf(nodes, edges) },
  });
  const { id, revision } = made.body;
  const answer = await app.call('POST', `/api/flows/${id}/publish`, {
    headers: as.operator,
    body: { baseRevision: revision, note: '' },
  });
  expect(answer).toMatchObject({ status: 200 });
  return id as string;
}

/** By which port each person left a node. */
async function portsAt(flowId: string, node: string): Promise<Record<string, string | undefined>> {
  const found = await app.database.collection(runs).find({ flowId }).toArray();
  const users = new Map(['u1', 'u2', 'u3'].map((userId) => [profileIdOf({ userId }) as string, userId]));
  return Object.fromEntries(
    found.map(({ profileId, path: steps }) => [
      users.get(profileId) ?? profileId,
      steps.find((step) => step.node === node)?.port,
    ]),
  );
}

const EVERYONE = { when: 'now', audience: { op: 'all', of: [] } };

describe('a flow that asks a service and calls a webhook', () => {
  it('sends everyone on by the answer, keeps what it is to keep, and waits for the webhook through a retry', async () => {
    const { body: service } = await create({ definition: definition() });
    const flowId = await publish(
      [
        ['start', 'schedule', EVERYONE],
        [
          'ask',
          'service',
          {
            service: service.id,
            withinMs: 60_000,
            cases: [{ key: 'risky', name: 'Risky', is: { operator: 'equals', value: 'high' } }],
            keep: [{ field: 'score', attribute: 'riskScore' }],
          },
        ],
        [
          'hook',
          'webhook',
          {
            method: 'POST',
            url: `${receiver.url}/hook`,
            format: 'json',
            body: '{"risk": "{{ profile.riskScore }}"}',
            waits: true,
            timeoutMs: 10_000,
            maxAttempts: 4,
          },
        ],
        ['end', 'exit', { reason: '' }],
      ],
      ['start:next>ask', 'ask:risky>hook', 'ask:other>end', 'ask:fallback>end', 'hook:ok>end', 'hook:failed>end'],
    );
    await expect.poll(() => portsAt(flowId, 'ask')).toEqual({ u1: 'risky', u2: 'other', u3: 'fallback' });
    await expect.poll(() => portsAt(flowId, 'hook')).toMatchObject({ u1: 'ok' });
    await expect.poll(() => app.database.collection(runs).countDocuments({ flowId, status: 'ended' })).toBe(3);
    const hooks = receiver.received.filter((call) => call.path === '/hook');
    expect(hooks.map((call) => call.body)).toEqual(['{"risk":0.7}', '{"risk":0.7}']);
    expect(new Set(hooks.map((call) => call.headers['idempotency-key'])).size).toBe(1);
    const risky = await app.database.collection(profiles).findOne({ userId: 'u1' });
    expect(risky?.attributes).toMatchObject({ riskScore: 0.7 });

    const { body: list } = await app.call('GET', `/api/calls?flowId=${flowId}`, { headers: as.analyst });
    expect(list.items).toHaveLength(4);
    const failed = await app.call('GET', `/api/calls?serviceId=${service.id}&status=failed`, { headers: as.analyst });
    expect(failed.body.items).toMatchObject([{ failure: { code: 'bad-answer' }, node: 'ask', attempts: 1 }]);
    const first = await app.call('GET', `/api/calls?flowId=${flowId}&limit=3`, { headers: as.analyst });
    const rest = await app.call('GET', `/api/calls?flowId=${flowId}&limit=3&after=${first.body.next}`, {
      headers: as.analyst,
    });
    expect([...first.body.items, ...rest.body.items]).toEqual(list.items);
    await app.call('DELETE', `/api/services/${service.id}`, { headers: as.developer });
  });

  it('goes on at once where nobody waits, also when the receiver refuses', async () => {
    const flowId = await publish(
      [
        ['start', 'schedule', EVERYONE],
        [
          'hook',
          'webhook',
          {
            method: 'POST',
            url: `${receiver.url}/refuse`,
            format: 'json',
            waits: false,
            timeoutMs: 10_000,
            maxAttempts: 4,
          },
        ],
        ['end', 'exit', { reason: '' }],
      ],
      ['start:next>hook', 'hook:next>end'],
    );
    await expect.poll(() => portsAt(flowId, 'hook')).toEqual({ u1: 'next', u2: 'next', u3: 'next' });
    const failed = () => app.call('GET', `/api/calls?flowId=${flowId}&status=failed`, { headers: as.analyst });
    await expect.poll(async () => (await failed()).body.items.length).toBe(3);
    expect((await failed()).body.items[0]).toMatchObject({ failure: { code: 'refused', status: 404 } });
  });
});

describe('services over HTTP', () => {
  it('are written by developers and administrators, and read by all without their secret', async () => {
    const body = { definition: { ...definition(), name: 'Secret', secretHeader: 'X-Key' }, secret: 'word-of-secret' };
    for (const headers of [as.operator, as.analyst])
      expect((await create(body, headers)).body.code).toBe('not-allowed');
    const made = await create(body, as.administrator);
    expect(made.body).toMatchObject({ name: 'Secret', hasSecret: true });
    const list = await app.call('GET', '/api/services', { headers: as.analyst });
    expect(list.body.items).toContainEqual(made.body);
    expect(JSON.stringify(list.body)).not.toContain('word-of-secret');
    const address = `/api/services/${made.body.id}`;
    const change = { ...body, definition: { ...body.definition, timeoutMs: 900 } };
    for (const headers of [as.operator, as.analyst]) {
      expect((await app.call('PUT', address, { headers, body: change })).status).toBe(403);
      expect((await app.call('DELETE', address, { headers })).status).toBe(403);
      expect((await app.call('POST', `${address}/test`, { headers, body: {} })).status).toBe(403);
      expect((await app.call('GET', `${address}/signing-secret`, { headers })).status).toBe(403);
    }
    expect((await app.call('PUT', address, { headers: as.developer, body: change })).body).toMatchObject({
      timeoutMs: 900,
    });
    expect((await app.call('DELETE', address, { headers: as.developer })).status).toBe(200);
    expect((await app.call('DELETE', address, { headers: as.developer })).body.code).toBe('not-found');
  });

  it('are tried with a profile, and the answer is shown as it came', async () => {
    const { body: service } = await create({ definition: { ...definition(), name: 'Tried' } });
    const trial = (body: object) =>
      app.call('POST', `/api/services/${service.id}/test`, { headers: as.developer, body });
    expect((await trial({ profileId: profileIdOf({ userId: 'u2' }) })).body).toMatchObject({
      request: { method: 'POST', url: `${receiver.url}/risk`, body: '{"user":"u2"}' },
      status: 200,
      answer: '{"data":{"level":"low","score":0.7}}',
      fields: { level: 'low', score: 0.7 },
      failure: null,
    });
    expect((await trial({})).body).toMatchObject({
      status: 200,
      answer: '<html>',
      fields: null,
      failure: { code: 'bad-answer' },
    });
    expect((await trial({ profileId: 'nobody' })).status).toBe(404);
    const secret = await app.call('GET', `/api/services/${service.id}/signing-secret`, { headers: as.developer });
    const call = receiver.received.at(-1);
    const [, at, digest] = /^t=(\d+),v1=(\w+)$/.exec(String(call?.headers['sluice-signature'])) ?? [];
    expect(createHmac('sha256', secret.body.secret).update(`${at}.${call?.body}`).digest('hex')).toBe(digest);
  });

  it('tell the receiver of a webhook its own secret by its origin', async () => {
    const secretOf = (url: string) =>
      app.call('POST', '/api/webhooks/signing-secret', { headers: as.developer, body: { url } });
    const one = await secretOf('https://shop.test/a?b');
    expect(one.body).toEqual({ origin: 'https://shop.test', secret: expect.stringMatching(/^whsec_[\w-]{43}$/) });
    expect((await secretOf('https://shop.test/other')).body).toEqual(one.body);
    expect((await secretOf('https://shop.test:8443/')).body.secret).not.toBe(one.body.secret);
    expect((await secretOf('nowhere')).body.code).toBe('request-invalid');
  });

  it('say what keeps them from being used', async () => {
    expect((await create({ definition: { ...definition(), decides: 'unknown' } })).body).toMatchObject({
      code: 'service-invalid',
      details: { problem: 'decides' },
    });
    expect((await create({ definition: { ...definition(), timeoutMs: 1 } })).body.code).toBe('request-invalid');
  });
});
