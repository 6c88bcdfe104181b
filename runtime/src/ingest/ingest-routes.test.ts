import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';

let app: TestApp;
let key: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  key = await app.withWriteKey();
});
afterAll(() => app.close());

const post = (path: string, body: unknown) => app.call('POST', path, { headers: key, body });

describe('ingest by HTTP', () => {
  it('takes every kind of call', async () => {
    const bodies = {
      identify: { traits: { plan: 'pro' } },
      track: { event: 'Ordered' },
      page: { name: 'Home' },
      screen: { name: 'Start' },
      group: { groupId: 'g1' },
      alias: { previousId: 'a1' },
    };
    for (const [type, body] of Object.entries(bodies))
      expect((await post(`/v1/${type}`, { userId: 'u1', ...body })).body).toEqual({
        accepted: 1,
        duplicates: 0,
        rejected: [],
      });
  });

  it('refuses a single bad call as a whole', async () => {
    const { status, body } = await post('/v1/track', { event: 'Ordered' });
    expect([status, body.code]).toEqual([400, 'request-invalid']);
    expect(body.message).toContain('whom is the call about');
  });

  it('rejects one item of a batch, also for its keys', async () => {
    const batch = [
      { type: 'track', userId: 'u1', event: 'A', properties: { $set: 1 } },
      { type: 'track', userId: 'u1', event: 'A' },
    ];
    const { status, body } = await post('/v1/batch', { batch, sentAt: '2026-01-01T00:00:00Z', context: { 'a.b': 1 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'request-invalid' }] });
  });

  it('refuses more than 500 KB and more than 2,500 items', async () => {
    expect((await post('/v1/batch', { batch: ['x'.repeat(600_000)] })).status).toBe(413);
    expect((await post('/v1/batch', { batch: Array.from({ length: 2501 }, () => 1) })).status).toBe(400);
  });

  it('shows what came in on the profile', async () => {
    await post('/v1/identify', { userId: 'shown', traits: { email: 'shown@example.test' } });
    await post('/v1/track', { userId: 'shown', event: 'Visited', properties: { page: 'a' } });
    const analyst = await app.signInAs('analyst');
    const found = await app.call('GET', '/api/profiles?search=shown@', { headers: analyst });
    expect(found.body.items).toMatchObject([{ userId: 'shown', attributes: { email: 'shown@example.test' } }]);
    const { id } = found.body.items[0];
    const events = await app.call('GET', `/api/profiles/${id}/events`, { headers: analyst });
    expect(events.body.items).toMatchObject([{ name: 'Visited', properties: { page: 'a' } }]);
  });

  it('takes plain text with the key in the address from a page of any site, and says so to its browser', async () => {
    const [writeKey = ''] = Object.values(key);
    const sent = (body: string, wanted = writeKey) =>
      app.call('POST', `/v1/batch?writeKey=${wanted}`, {
        headers: { 'content-type': 'text/plain', origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
        body,
      });
    const answer = await sent('{"batch":[{"type":"track","anonymousId":"a1","event":"Seen"}]}');
    expect([answer.status, answer.body]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const refused = await sent('{}', 'wrong');
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    expect((await sent('{"batch":')).status).toBe(400);
    const preflight = await app.call('OPTIONS', '/v1/track', { headers: { origin: 'https://shop.example' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type, x-write-key',
    ]);
  });

  it('refuses a call of more than 32 KB, alone and within a batch', async () => {
    const large = { userId: 'u1', event: 'A', properties: { text: 'x'.repeat(33 * 1024) } };
    const alone = await post('/v1/track', large);
    expect([alone.status, alone.body.message]).toEqual([400, expect.stringContaining('32 KB')]);
    const { body } = await post('/v1/batch', {
      batch: [
        { type: 'track', ...large },
        { type: 'track', userId: 'u1', event: 'A' },
      ],
    });
    expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 0 }] });
  });
});
