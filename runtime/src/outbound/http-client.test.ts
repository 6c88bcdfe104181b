import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions, type HttpRequest } from './http-client.ts';
import { answerJson, type Receiver, startReceiver } from './receiver.fake.ts';

let receiver: Receiver;
let clients: HttpClient[];
beforeEach(async () => {
  receiver = await startReceiver();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await receiver.close();
});

const send = (request: Partial<HttpRequest>, options: Partial<HttpClientOptions> = {}) => {
  const client = createHttpClient({ allowPrivate: true, connectionsPerOrigin: 4, ...options });
  clients.push(client);
  return client.send({
    method: 'POST',
    url: receiver.url,
    headers: {},
    timeoutMs: 10_000,
    maxAnswerBytes: 1000,
    ...request,
  });
};

describe('an outbound call', () => {
  it('carries method, path, query, headers and body, and brings the answer', async () => {
    receiver.behave = answerJson({ ok: true });
    const outcome = await send({
      method: 'PUT',
      url: `${receiver.url}/a/b?c=d#e`,
      headers: { 'x-shop': 'one' },
      body: '{"名":1}',
    });
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, text: '{"ok":true}', isCut: false });
    expect(receiver.received).toMatchObject([
      { method: 'PUT', path: '/a/b?c=d', body: '{"名":1}', headers: { 'x-shop': 'one' } },
    ]);
  });

  it('is given up when its time is over, before and within the answer', async () => {
    receiver.behave = () => undefined;
    expect(await send({ timeoutMs: 50 })).toMatchObject({ kind: 'timed-out' });
    receiver.behave = (_call, _nth, response) => void response.writeHead(200).write('the beginning');
    expect(await send({ timeoutMs: 50 })).toMatchObject({ kind: 'timed-out' });
  });

  it('reads no more of a huge answer than asked for', async () => {
    receiver.behave = (_call, _nth, response) => {
      const flood = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', flood);
      };
      response.writeHead(200);
      flood();
    };
    const outcome = await send({ maxAnswerBytes: 1000 });
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, isCut: true, text: 'x'.repeat(1000) });
  });

  it('does not follow a redirect', async () => {
    receiver.behave = (_call, _nth, response) => response.writeHead(302, { location: `${receiver.url}/inner` }).end();
    expect(await send({})).toMatchObject({ kind: 'answered', status: 302 });
    expect(receiver.received).toHaveLength(1);
  });

  it('says that nobody answers where nothing listens, and when the connection breaks', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    expect(await send({ url: `http://127.0.0.1:${port}` })).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    receiver.behave = (_call, _nth, response) => void response.socket?.destroy();
    expect(await send({})).toMatchObject({ kind: 'unreachable' });
  });
});

describe('an inner address', () => {
  it.each(['http://127.0.0.1', 'http://[::1]', 'http://0x7f.1', 'http://2130706433', 'http://[::ffff:10.0.0.1]'])(
    'is refused as %s',
    async (url) => {
      expect(await send({ url: `${url}:${receiver.port}` }, { allowPrivate: false })).toMatchObject({
        kind: 'address-refused',
      });
      expect(receiver.received).toEqual([]);
    },
  );

  it('is refused behind a name', async () => {
    const outcome = await send(
      { url: `http://shop.test:${receiver.port}` },
      { allowPrivate: false, resolve: async () => ['127.0.0.1'] },
    );
    expect(outcome).toEqual({ kind: 'address-refused', detail: 'shop.test is 127.0.0.1, a private address' });
    expect(receiver.received).toEqual([]);
  });

  it('is not reached by a name that changes its answer after the check: the checked address is connected to', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const resolve = async () => answers[Math.min(asked++, 1)] ?? [];
    const outcome = await send({ url: `http://rebind.test:${receiver.port}/` }, { resolve });
    expect(outcome).toMatchObject({ kind: 'answered' });
    expect(asked).toBe(1);
    expect(receiver.received[0]?.headers.host).toBe(`rebind.test:${receiver.port}`);
  });

  it('is refused at a metadata address even where private ones are allowed', async () => {
    expect(await send({ url: 'http://169.254.169.254/latest/' })).toMatchObject({ kind: 'address-refused' });
  });
});

describe('an address that may not be called', () => {
  it.each(['ftp://shop.test/', 'file:///etc/passwd', 'http://user:word@shop.test/', 'shop.test', ''])(
    'is %j',
    async (url) => {
      expect(await send({ url })).toMatchObject({ kind: 'address-refused' });
    },
  );

  it('is a name that nobody knows, for now', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await send({ url: 'http://shop.test' }, { resolve })).toEqual({
      kind: 'unreachable',
      detail: 'No server is known under the name shop.test',
    });
  });
});
