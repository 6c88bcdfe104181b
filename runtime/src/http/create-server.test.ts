import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { AppError } from '@sluice/shared/errors';
import { defineRoute } from '@sluice/shared/http-api';
import { pino } from 'pino';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type HttpServer } from './create-server.ts';

const open = { access: 'public', tag: 'test', summary: 'A route' } as const;
const echo = defineRoute({
  ...open,
  method: 'POST',
  path: '/api/echo',
  body: Type.Record(Type.String(), Type.Unknown()),
});
const fail = defineRoute({ ...open, method: 'GET', path: '/api/fail' });
const limited = defineRoute({ ...open, method: 'GET', path: '/api/limited' });
const upload = defineRoute({ ...open, method: 'POST', path: '/api/upload' });
const long = defineRoute({ ...open, method: 'GET', path: '/api/long' });

let server: HttpServer;
let address: string;
let webDist: string;
const logLines: string[] = [];

beforeAll(async () => {
  webDist = mkdtempSync(path.join(os.tmpdir(), 'sluice-web-'));
  mkdirSync(path.join(webDist, 'assets'));
  writeFileSync(path.join(webDist, 'index.html'), '<title>app</title>');
  writeFileSync(path.join(webDist, 'assets', 'index-abc.js'), 'x'.repeat(5000));
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk));
      done();
    },
  });
  server = await createServer({
    version: '1.2.3',
    log: pino({ level: 'debug' }, sink),
    webDist,
    trustProxy: undefined,
    callers: {
      accountOfSession: async (token) =>
        token === 'good' ? { id: 'a', email: 'a@example.test', name: 'A', role: 'analyst', createdAt: '' } : undefined,
      accountOfAccessToken: async () => undefined,
      writeKeyIdOf: async () => undefined,
    },
  });
  server.serve(echo, async ({ body }) => body as never);
  server.serve(fail, async () => {
    throw new Error('the inside broke');
  });
  server.serve(limited, async () => ({}), { rateLimit: { max: 2, windowMs: 60_000 } });
  server.serve(long, async () => ({ text: 'y'.repeat(5000) }) as never);
  server.serveUpload(
    upload,
    async ({ file }) => {
      if (file.fileName === 'unreadable.csv') throw new AppError('import-file-unreadable', 'no table');
      let bytes = 0;
      for await (const chunk of file.stream) bytes += (chunk as Buffer).length;
      return { name: file.fileName, bytes } as never;
    },
    { maxBytes: 2 * 1024 * 1024 },
  );
  server.serveRaw({ method: 'GET', path: '/l/:link', access: 'public' }, async ({ params, query }) => ({
    status: 302,
    headers: { location: `https://shop.test/${params.link}?${query.a}` },
  }));
  const { port } = await server.listen('127.0.0.1', 0);
  address = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.close();
  rmSync(webDist, { recursive: true, force: true });
});

const post = (place: string, body: string, headers: Record<string, string> = {}) =>
  fetch(address + place, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('bodies', () => {
  it.each([
    ['no JSON', '{"a":', 400, 'not valid JSON'],
    ['an operator', '{"a":{"$gt":""}}', 400, 'starts with "$"'],
    ['a prototype key', '{"__proto__":{"isAdmin":true}}', 400, 'reserved'],
    ['depth', '['.repeat(3000) + ']'.repeat(3000), 400, 'deeper'],
    ['two megabytes', JSON.stringify({ a: 'x'.repeat(2_000_000) }), 413, 'larger'],
  ])('are refused for %s with a sentence', async (_name, body, status, sentence) => {
    const response = await post('/api/echo', body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { message: string }).message).toContain(sentence);
  });

  it('are refused in another format than JSON', async () => {
    const response = await post('/api/echo', '<a/>', { 'content-type': 'application/xml' });
    expect(response.status).toBe(400);
  });

  it('may be absent', async () => {
    const response = await fetch(`${address}/api/echo`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });
});

describe('uploads', () => {
  const send = (size: number) => {
    const form = new FormData();
    form.append('file', new Blob(['z'.repeat(size)]), '名单.csv');
    return fetch(`${address}/api/upload`, { method: 'POST', body: form });
  };

  it('reach the handler as a stream with their name', async () => {
    expect(await (await send(1_500_000)).json()).toEqual({ name: '名单.csv', bytes: 1_500_000 });
  });

  it('are refused above the limit', async () => {
    expect((await send(2_500_000)).status).toBe(413);
  });

  it('are refused above the limit also when their size was not announced', async () => {
    const frame = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
    const body = new Blob([frame, 'z'.repeat(2_500_000), '\r\n--b--\r\n']).stream();
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const init = { method: 'POST', headers, body, duplex: 'half' };
    expect((await fetch(`${address}/api/upload`, init as RequestInit)).status).toBe(413);
  });

  it('end in an answer when the handler stops reading', async () => {
    const form = new FormData();
    form.append('file', new Blob(['z'.repeat(1_500_000)]), 'unreadable.csv');
    const response = await fetch(`${address}/api/upload`, { method: 'POST', body: form });
    expect(response.status).toBe(422);
  });

  it('are refused without a file', async () => {
    expect((await post('/api/upload', '{}')).status).toBe(400);
  });
});

describe('failures', () => {
  it('of the inside are told by a reference that the log knows', async () => {
    const response = await fetch(`${address}/api/fail`);
    const body = (await response.json()) as { code: string; reference: string; message: string };
    expect([response.status, body.code]).toEqual([500, 'unexpected']);
    expect(body.message).not.toContain('inside broke');
    const line = logLines.find((text) => text.includes(body.reference));
    expect(line).toContain('the inside broke');
  });

  it('of the address are JSON under /api and /v1', async () => {
    for (const place of ['/api/nothing', '/v1/nothing', '/api']) {
      const response = await fetch(address + place);
      expect(response.status).toBe(404);
      expect(((await response.json()) as { code: string }).code).toBe('not-found');
    }
  });

  it('come with the time to wait when calls are too many', async () => {
    await fetch(`${address}/api/limited`);
    await fetch(`${address}/api/limited`);
    const response = await fetch(`${address}/api/limited`);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await response.json()) as { code: string }).code).toBe('rate-limited');
  });
});

describe('the web app', () => {
  it('is served at every address of a page, never from an old cache', async () => {
    for (const place of ['/', '/flows/abc?tab=1', '/index.html']) {
      const response = await fetch(address + place);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await response.text()).toContain('<title>app');
    }
  });

  it('has its hashed files cached for good and compressed', async () => {
    const response = await fetch(`${address}/assets/index-abc.js`, { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect((await response.text()).length).toBe(5000);
  });

  it('has no page in the place of a missing file', async () => {
    expect((await fetch(`${address}/assets/index-old.js`)).status).toBe(404);
  });

  it('does not leave its folder', async () => {
    const response = await fetch(`${address}/..%2f..%2fetc%2fpasswd`);
    expect(await response.text()).not.toContain('root:');
  });
});

describe('every answer', () => {
  it('forbids scripts of other places and framing by other sites', async () => {
    const { headers } = await fetch(`${address}/`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is compressed when long', async () => {
    const { headers } = await fetch(`${address}/api/long`, { headers: { 'accept-encoding': 'gzip' } });
    expect(headers.get('content-encoding')).toBe('gzip');
  });

  it('is logged by its route pattern, without what the address and the headers hold', async () => {
    await (await fetch(`${address}/l/secret-link?a=secret-query`, { redirect: 'manual' })).text();
    await (await post('/api/echo', '{"password":"secret-word"}', { cookie: 'sluice_session=secret-cookie' })).text();
    await expect.poll(() => logLines.some((line) => line.includes('"/l/:link"'))).toBe(true);
    expect(logLines.join('')).not.toMatch(/secret-(link|query|word|cookie)/);
  });
});

describe('raw routes', () => {
  it('answer with any status and headers', async () => {
    const response = await fetch(`${address}/l/abc?a=1`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://shop.test/abc?1']);
  });
});

describe('the API documentation', () => {
  const session = { cookie: 'sluice_session=good' };

  it('needs a session', async () => {
    expect((await fetch(`${address}/api/openapi.json`)).status).toBe(401);
    expect((await fetch(`${address}/api/docs/`)).status).toBe(401);
  });

  it('is OpenAPI 3.1 with every JSON route and no dangling reference', async () => {
    const document = (await (await fetch(`${address}/api/openapi.json`, { headers: session })).json()) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, unknown> };
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toContain('/api/echo');
    expect(Object.keys(document.paths)).not.toContain('/l/{link}');
    for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g))
      expect(document.components.schemas).toHaveProperty(name?.replace('#/components/schemas/', '') ?? '');
  });

  it('has a reader', async () => {
    const response = await fetch(`${address}/api/docs/`, { headers: session });
    expect(await response.text()).toContain('swagger-ui');
  });
});
