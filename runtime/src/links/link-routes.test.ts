import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { deliveries } from '../channels/delivery-record.ts';
import { events } from '../ingest/event-record.ts';
import { loadLinkSecret } from './link-secret.ts';
import { createSignedLinks, type LinkWriter } from './signed-links.ts';

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0' };
let app: TestApp;
let dataDir: string;
let writer: LinkWriter;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-links-'));
  app = await startApp({ DATA_DIR: dataDir });
  writer = createSignedLinks({ secret: await loadLinkSecret(app.database), publicUrl: '' }).writerFor('run/1/0');
  await app.database.collection(deliveries).insertOne({
    _id: 'run/1/0',
    runId: 'run',
    flowId: 'f1',
    version: 2,
    nodeId: 'mail',
    profileId: 'p1',
    channel: 'email',
    provider: 'outbox',
    status: 'sent',
    to: 'a@example.test',
    subject: '',
    at: new Date(),
  });
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

const recorded = (name: string) => app.database.collection(events).find({ name }).toArray();

describe('a tracked link over HTTP', () => {
  it('redirects without a session, keeps nothing in caches and records the click', async () => {
    const url = 'https://shop.example.test/a?b=1&c=%E5%95%86';
    const answer = await app.call('GET', writer.track(url) ?? '', { headers: BROWSER });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(url);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await recorded('Link Clicked')).toMatchObject([
      { profileId: 'p1', properties: { flowId: 'f1', version: 2, nodeId: 'mail', deliveryId: 'run/1/0', url } },
    ]);
  });

  it('carries an address far longer than a named parameter may be', async () => {
    const url = `https://shop.example.test/${'x'.repeat(1500)}`;
    expect((await app.call('GET', writer.track(url) ?? '', { headers: BROWSER })).headers.get('location')).toBe(url);
  });

  it('answers HEAD without counting it', async () => {
    const before = await recorded('Link Clicked');
    const answer = await app.call('HEAD', writer.track('https://shop.example.test/') ?? '', { headers: BROWSER });
    expect(answer.status).toBe(302);
    expect(await recorded('Link Clicked')).toHaveLength(before.length);
  });

  it('refuses an address that was not in a mail', async () => {
    const answer = await app.call(
      'GET',
      `/r/${Buffer.from('run/1/0\nhttps://evil.test').toString('base64url')}.forged`,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('link-invalid');
  });
});

describe('the pixel over HTTP', () => {
  it('is an image that webmail may show, and two loads at once are one open', async () => {
    const [first] = await Promise.all([
      app.call('GET', writer.pixelUrl(), { headers: BROWSER }),
      app.call('GET', writer.pixelUrl(), { headers: BROWSER }),
    ]);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('image/gif');
    expect(first.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const opens = await recorded('Email Opened');
    expect(opens).not.toHaveLength(0);
    expect(new Set(opens.map(({ at }) => Math.floor(at.getTime() / 1000))).size).toBe(opens.length);
  });
});

describe('the link secret', () => {
  it('is made once, whoever comes first', async () => {
    const keys = await Promise.all([loadLinkSecret(app.database), loadLinkSecret(app.database)]);
    expect(keys[0].equals(keys[1])).toBe(true);
  });
});
