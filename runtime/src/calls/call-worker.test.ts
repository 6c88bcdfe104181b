import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJson, type ReceivedCall, type Receiver, startReceiver } from '../outbound/receiver.fake.ts';
import { calls } from './call-record.ts';
import { callOf, type CallStage, openCallStage, SECRET_KEY, serviceAt, webhookTo } from './http-calls.fixture.ts';
import type { HttpCalls } from './http-calls.ts';
import { signingSecretOf } from './sign-call.ts';

let stage: CallStage;
let receiver: Receiver;

beforeEach(async () => {
  stage = await openCallStage();
  receiver = await startReceiver();
});
afterEach(async () => {
  await stage.close();
  await receiver.close();
});

const stored = (n: number) => stage.database.collection(calls).findOne({ _id: `run${n}/1/0` });
const countBy = (status: 'planned' | 'sending' | 'done' | 'failed') =>
  stage.database.collection(calls).countDocuments({ status });
const keyOf = ({ headers }: ReceivedCall) => headers['idempotency-key'];

function start(options: Parameters<CallStage['open']>[0] = {}): HttpCalls {
  const opened = stage.open(options);
  opened.worker.start();
  return opened;
}

describe('a webhook', () => {
  it('is made as it was filled in, once, with its key', async () => {
    await start().calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(() => countBy('done')).toBe(1);
    expect(receiver.received).toMatchObject([
      {
        method: 'POST',
        path: '/hook',
        headers: { 'content-type': 'application/json', 'x-city': 'Paris', 'idempotency-key': 'run1/1/0' },
        body: '{"user":"user1","age":31}',
      },
    ]);
    expect(await stored(1)).toMatchObject({ attempts: 1, answer: { status: 204 }, origin: receiver.url });
    expect(await stored(1)).not.toHaveProperty('request');
    expect(stage.told).toEqual([]);
  });

  it('carries a signature that the receiver can verify, and that belongs to this receiver alone', async () => {
    await start().calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(() => countBy('done')).toBe(1);
    const [call] = receiver.received;
    const secret = signingSecretOf(SECRET_KEY, receiver.url);
    const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['sluice-signature'])) ?? [];
    expect(digest).toBe(createHmac('sha256', secret).update(`${seconds}.${call?.body}`).digest('hex'));
    expect(Math.abs(Number(seconds) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(signingSecretOf(SECRET_KEY, 'https://other.test')).not.toBe(secret);
  });

  it('is tried again after 500 and a broken connection, under the same key', async () => {
    receiver.behave = (_call, nth, response) => {
      if (nth === 1) response.writeHead(500).end('oops');
      else if (nth === 2) response.socket?.destroy();
      else response.writeHead(200).end();
    };
    await start().calls.plan([callOf(1, webhookTo(receiver.url), { isAwaited: true })]);
    await expect
      .poll(() => stage.told)
      .toMatchObject([
        {
          effectId: 'run1/1/0',
          awaitedBy: { runId: 'run1', seq: 1, await: 'answer' },
          result: { isOk: true, value: { status: 200 } },
        },
      ]);
    expect(receiver.received.map(keyOf)).toEqual(['run1/1/0', 'run1/1/0', 'run1/1/0']);
    expect(await stored(1)).toMatchObject({ status: 'done', attempts: 3 });
    expect(await stored(1)).not.toHaveProperty('failure');
  });

  it('waits as long as a 429 asks for before it is tried again', async () => {
    receiver.behave = (_call, nth, response) =>
      nth === 1 ? response.writeHead(429, { 'retry-after': '3600' }).end() : response.writeHead(200).end();
    let now = Date.now();
    await start({ clock: { now: () => now } }).calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(async () => (await stored(1))?.failure).toEqual({ code: 'turned-down', status: 429 });
    expect(await stored(1)).toMatchObject({ status: 'planned', attempts: 1, dueAt: new Date(now + 3_600_000) });
    now += 3_600_000;
    await expect.poll(() => countBy('done')).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it('fails after its last attempt and says what came back', async () => {
    receiver.behave = (_call, _nth, response) => response.writeHead(503).end('down for the night');
    await start().calls.plan([callOf(1, webhookTo(receiver.url, { maxAttempts: 3 }), { isAwaited: true })]);
    await expect
      .poll(() => stage.told)
      .toMatchObject([{ result: { isOk: false, code: 'turned-down', value: { status: 503 } } }]);
    expect(receiver.received).toHaveLength(3);
    expect(await stored(1)).toMatchObject({
      status: 'failed',
      attempts: 3,
      failure: { code: 'turned-down', status: 503 },
      answer: { text: 'down for the night' },
    });
  });

  it.each([
    [404, 'refused'],
    [302, 'redirected'],
  ])('fails at once at %i', async (status, code) => {
    receiver.behave = (_call, _nth, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    await start().calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(async () => (await stored(1))?.failure).toEqual({ code, status });
    expect(receiver.received).toHaveLength(1);
  });

  it('is given up at a receiver that hangs when its attempts are over', async () => {
    receiver.behave = () => undefined;
    await start().calls.plan([callOf(1, webhookTo(receiver.url, { timeoutMs: 200, maxAttempts: 2 }))]);
    await expect.poll(() => countBy('failed')).toBe(1);
    expect(await stored(1)).toMatchObject({ attempts: 2, failure: { code: 'timed-out' } });
    // On a busy machine the time may be up before the receiver hears of it.
    expect([...new Set(receiver.received.map(keyOf))]).toEqual(['run1/1/0']);
  });

  it('is tried again where nobody listens', async () => {
    const gone = await startReceiver();
    await gone.close();
    await start().calls.plan([callOf(1, webhookTo(gone.url, { maxAttempts: 2 }))]);
    await expect.poll(async () => (await stored(1))?.failure).toMatchObject({ code: 'unreachable' });
    await expect.poll(() => countBy('failed')).toBe(1);
    expect(await stored(1)).toMatchObject({ attempts: 2 });
  });

  it.each(['http://127.0.0.1', 'http://inner.test'])('never reaches a private address, such as %s', async (host) => {
    const rules = { allowPrivate: false, resolve: async () => ['127.0.0.1'] };
    await start({ rules }).calls.plan([callOf(1, webhookTo(`${host}:${receiver.port}`), { isAwaited: true })]);
    await expect.poll(() => stage.told).toMatchObject([{ result: { isOk: false, code: 'address-refused' } }]);
    expect(await stored(1)).toMatchObject({ status: 'failed', attempts: 1 });
    expect(receiver.received).toEqual([]);
  });

  it('whose request cannot be filled in is over before it begins, with the reason', async () => {
    const broken = webhookTo(receiver.url);
    if (broken.to === 'address') broken.request.url = `${receiver.url}/{{ profile.city | replace: 'Paris', '..' }}/x`;
    await start().calls.plan([callOf(1, broken, { isAwaited: true }), callOf(2, webhookTo(receiver.url))]);
    await expect
      .poll(() => stage.told)
      .toMatchObject([{ effectId: 'run1/1/0', result: { isOk: false, code: 'content-invalid' } }]);
    expect((await stored(1))?.failure?.detail).toContain('may not stand in an address');
    await expect.poll(() => countBy('done')).toBe(1);
  });

  it('takes no more of a huge answer than it keeps', async () => {
    receiver.behave = (_call, _nth, response) => {
      const flood = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', flood);
      };
      response.writeHead(200);
      flood();
    };
    await start().calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(() => countBy('done')).toBe(1);
    expect((await stored(1))?.answer?.text).toHaveLength(2000);
  });
});

describe('the queue', () => {
  it('[RUN-3] takes the same effect once, however often it is planned', async () => {
    const { calls: port } = start();
    const requests = [callOf(1, webhookTo(receiver.url)), callOf(2, webhookTo(receiver.url))];
    await Promise.all([port.plan(requests), port.plan(requests)]);
    await expect.poll(() => countBy('done')).toBe(2);
    await port.plan(requests);
    await expect.poll(() => countBy('done')).toBe(2);
    expect(receiver.received.map(keyOf).sort()).toEqual(['run1/1/0', 'run2/1/0']);
  });

  it('[RUN-1] makes each of many calls once although three workers share it', async () => {
    const { calls: port } = start();
    start();
    start();
    await port.plan(Array.from({ length: 400 }, (_, n) => callOf(n, webhookTo(receiver.url))));
    await expect.poll(() => countBy('done')).toBe(400);
    expect(new Set(receiver.received.map(keyOf)).size).toBe(400);
    expect(receiver.received).toHaveLength(400);
  });

  it('goes on with other receivers while one hangs', async () => {
    const silent = await startReceiver();
    silent.behave = () => undefined;
    try {
      const { calls: port } = start();
      const hanging = Array.from({ length: 700 }, (_, n) => callOf(n, webhookTo(silent.url, { timeoutMs: 600_000 })));
      await port.plan(hanging);
      await expect.poll(() => silent.received.length).toBe(32);
      await port.plan(Array.from({ length: 50 }, (_, n) => callOf(1000 + n, webhookTo(receiver.url))));
      await expect.poll(() => countBy('done')).toBe(50);
      expect(silent.received).toHaveLength(32);
    } finally {
      await silent.close();
    }
  });

  it('makes the calls of a receiver that is back from trouble', async () => {
    receiver.behave = (_call, nth, response) =>
      void (nth === 1 ? response.socket?.destroy() : response.writeHead(200).end());
    await start().calls.plan(Array.from({ length: 300 }, (_, n) => callOf(n, webhookTo(receiver.url))));
    await expect.poll(() => countBy('done')).toBe(300);
    expect(receiver.received).toHaveLength(600);
  });

  it('gives back what is under way when it stops, and another worker makes it at once', async () => {
    let isSilent = true;
    receiver.behave = (_call, _nth, response) => void (isSilent || response.writeHead(200).end());
    const first = start();
    await first.calls.plan([callOf(1, webhookTo(receiver.url))]);
    await expect.poll(() => receiver.received.length).toBe(1);
    await first.worker.stop();
    expect(await stored(1)).toMatchObject({ status: 'planned', attempts: 0 });
    expect(await stored(1)).not.toHaveProperty('claim');
    isSilent = false;
    start();
    await expect.poll(() => countBy('done')).toBe(1);
    expect(receiver.received.map(keyOf)).toEqual(['run1/1/0', 'run1/1/0']);
  });

  it('[RUN-1] takes new calls as its own before they are stored, and leaves those that were there before', async () => {
    receiver.behave = () => undefined;
    const idle = stage.open();
    await idle.calls.plan([callOf(1, webhookTo(receiver.url))]);
    expect(await stored(1)).toMatchObject({ status: 'planned' });
    const busy = start({ timing: { pollMs: 60_000 } });
    await expect.poll(() => receiver.received.length).toBe(1);
    await busy.calls.plan([callOf(1, webhookTo(receiver.url)), callOf(2, webhookTo(receiver.url))]);
    expect(await stored(2)).toMatchObject({ status: 'sending', claim: expect.any(String) });
    expect((await stored(2))?.claim).not.toBe((await stored(1))?.claim);
    await expect.poll(() => receiver.received.map(keyOf)).toEqual(['run1/1/0', 'run2/1/0']);
  });

  it('[RUN-3] makes a call again, under the same key, that a killed worker had begun', async () => {
    const begun = new Promise<void>((resolve) => {
      receiver.behave = () => resolve();
    });
    const survivor = stage.open({ timing: { leaseMs: 500 } });
    await survivor.calls.plan([callOf(1, webhookTo(receiver.url), { isAwaited: true })]);
    const child = fork(path.join(import.meta.dirname, 'http-calls.child.ts'), [
      stage.url,
      stage.database.db.databaseName,
    ]);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await begun;
    child.kill('SIGKILL');
    await exited;
    expect(await stored(1)).toMatchObject({ status: 'sending' });
    receiver.behave = (_call, _nth, response) => response.writeHead(200).end();
    survivor.worker.start();
    await expect.poll(() => stage.told).toMatchObject([{ effectId: 'run1/1/0', result: { isOk: true } }]);
    expect(receiver.received.map(keyOf)).toEqual(['run1/1/0', 'run1/1/0']);
  });

  it('changes nothing by an answer that comes after the claim was lost', async () => {
    let answer: () => void = () => undefined;
    receiver.behave = (_call, nth, response) => {
      if (nth > 1) response.writeHead(200).end();
      else answer = () => response.writeHead(404).end();
    };
    const slow = start();
    await slow.calls.plan([callOf(1, webhookTo(receiver.url), { isAwaited: true })]);
    await expect.poll(() => receiver.received.length).toBe(1);
    // As if the lease had run out while the process was paused.
    await stage.database.collection(calls).updateOne({}, { $set: { dueAt: new Date(0) } });
    start();
    await expect.poll(() => countBy('done')).toBe(1);
    answer();
    await slow.worker.stop();
    expect(await stored(1)).toMatchObject({ status: 'done', answer: { status: 200 } });
    expect(stage.told.map(({ result }) => result.isOk)).toEqual([true]);
  });

  it('tells again what could not be told', async () => {
    const broken = start({ listener: { settled: () => Promise.reject(new Error('away')) } });
    await broken.calls.plan([callOf(1, webhookTo(receiver.url), { isAwaited: true })]);
    await expect.poll(() => countBy('done')).toBe(1);
    await broken.worker.stop();
    expect(await stored(1)).toMatchObject({ isUnreported: true });
    start();
    await expect.poll(() => stage.told).toMatchObject([{ effectId: 'run1/1/0', result: { isOk: true } }]);
    await expect.poll(async () => (await stored(1))?.isUnreported).toBeUndefined();
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a service', () => {
  async function ask(
    definition = serviceAt(receiver.url),
    secret?: string,
    options: Parameters<typeof start>[0] = {},
  ): Promise<HttpCalls> {
    const opened = start(options);
    const { id } = await opened.services.create(definition, secret);
    await opened.calls.plan([callOf(1, { to: 'service', service: id, withinMs: 10_000 }, { isAwaited: true })]);
    return opened;
  }
  const told = () => stage.told.map(({ result }) => result);

  it('answers by the fields of its contract, and the one that decides', async () => {
    receiver.behave = answerJson({ data: { level: 'high', score: 0.93, noise: [{}] }, more: 1 });
    await ask();
    await expect
      .poll(told)
      .toEqual([{ isOk: true, value: { status: 200, fields: { level: 'high', score: 0.93 }, decision: 'high' } }]);
    expect(receiver.received[0]?.body).toBe('{"user":"user1","age":31}');
  });

  it.each([
    ['garbage', '<html>'],
    ['nothing', ''],
    ['another type', '{"data":{"level":3}}'],
    ['a missing field', '{"data":{"score":1}}'],
    ['a list', '[1,2]'],
    ['more than it should', `"${'x'.repeat(300_000)}"`],
  ])('fails by a bad answer at %s, without another attempt', async (_, text) => {
    receiver.behave = (_call, _nth, response) => response.writeHead(200).end(text);
    await ask();
    await expect.poll(told).toEqual([{ isOk: false, code: 'bad-answer', value: { status: 200 } }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('that hangs is given up in time, and not called any more', async () => {
    let now = Date.now();
    // The third time that it hangs, the answer comes too late for whoever asked.
    receiver.behave = (_call, nth) => void (now += nth === 3 ? 60_000 : 0);
    await ask(serviceAt(receiver.url, { timeoutMs: 200, maxAttempts: 20 }), undefined, { clock: { now: () => now } });
    await expect.poll(told).toEqual([{ isOk: false, code: 'timed-out', value: {} }]);
    expect(receiver.received).toHaveLength(3);
  });

  it('whose answer nobody waits for any more is not called', async () => {
    const idle = stage.open();
    const { id } = await idle.services.create(serviceAt(receiver.url), undefined);
    await idle.calls.plan([callOf(1, { to: 'service', service: id, withinMs: 0 }, { isAwaited: true })]);
    idle.worker.start();
    await expect.poll(told).toEqual([{ isOk: false, code: 'expired', value: {} }]);
    expect(receiver.received).toEqual([]);
  });

  it('gets its secret in its header, which is stored sealed and kept out of the call', async () => {
    receiver.behave = answerJson({ data: { level: 'low' } });
    await ask(serviceAt(receiver.url, { secretHeader: 'Authorization' }), 'Bearer word-of-secret');
    await expect.poll(told).toMatchObject([{ isOk: true }]);
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer word-of-secret');
    for (const name of ['calls', 'services'])
      expect(JSON.stringify(await stage.database.db.collection(name).find().toArray())).not.toContain('word-of-secret');
  });

  it('that moved or is gone does not get the calls and the secret meant for the other address', async () => {
    const other = await startReceiver();
    try {
      const idle = stage.open();
      const definition = serviceAt(other.url, { secretHeader: 'X-Key' });
      const { id } = await idle.services.create(definition, 'first');
      await idle.calls.plan([callOf(1, { to: 'service', service: id, withinMs: 10_000 }, { isAwaited: true })]);
      await idle.services.change(id, { ...definition, request: serviceAt(receiver.url).request }, 'second');
      idle.worker.start();
      await expect.poll(told).toMatchObject([{ isOk: false, code: 'service-unusable' }]);
      await idle.services.remove(id);
      await idle.calls.plan([callOf(2, { to: 'service', service: id, withinMs: 10_000 }, { isAwaited: true })]);
      await expect.poll(told).toMatchObject([{ code: 'service-unusable' }, { code: 'service-unusable' }]);
      expect([...other.received, ...receiver.received]).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
