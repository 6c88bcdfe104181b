import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';

let open: TestApp;
let guarded: TestApp;
beforeAll(async () => {
  [open, guarded] = await Promise.all([startApp(), startApp({ METRICS_TOKEN: 'm3trics' })]);
});
afterAll(() => Promise.all([open.close(), guarded.close()]));

describe('probes', () => {
  it('answer without a session', async () => {
    expect(await open.call('GET', '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    expect(await open.call('GET', '/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
  });
});

describe('metrics', () => {
  it('count answers by route pattern', async () => {
    await open.call('GET', '/api/profiles/someone-private');
    const { body } = await open.call('GET', '/metrics');
    expect(body).toContain('route="/api/profiles/:profileId",status="401"');
    expect(body).not.toContain('someone-private');
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it('need the token where one is set', async () => {
    const read = (authorization: string) => guarded.call('GET', '/metrics', { headers: { authorization } });
    expect((await guarded.call('GET', '/metrics')).status).toBe(403);
    expect((await read('Bearer wrong')).status).toBe(403);
    expect((await read('Bearer m3trics')).status).toBe(200);
  });
});
