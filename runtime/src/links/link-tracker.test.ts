import { createSecretKey } from 'node:crypto';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLinkTracker, type EventRecorder } from './link-tracker.ts';
import { createSignedLinks } from './signed-links.ts';

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36';
const links = createSignedLinks({ secret: createSecretKey(Buffer.alloc(32, 1)), publicUrl: 'https://go.test' });
const linkToken = (links.writerFor('run/1/0').track('https://shop.test/?a=1') ?? '').split('/r/')[1] ?? '';
const pixelToken = links.writerFor('run/1/0').pixelUrl().split('/o/')[1] ?? '';
const visit = (agent = BROWSER, headers = {}, method = 'GET') => ({
  method,
  headers: { 'user-agent': agent, ...headers },
});

let now = 0;
let recorded: Parameters<EventRecorder['record']>[0][number][] = [];
let recorder: EventRecorder = { record: async () => undefined };
const tracker = createLinkTracker({
  links,
  recorder: { record: (events) => recorder.record(events) },
  findOrigin: async (id) =>
    id === 'run/1/0' ? { profileId: 'p1', flowId: 'f1', version: 2, nodeId: 'mail' } : undefined,
  clock: { now: () => now },
  log: pino({ level: 'silent' }),
});

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  recorded = [];
  recorder = { record: async (events) => void recorded.push(...events) };
});

describe('a click', () => {
  it('[CH-4] leads on and becomes an event of the profile', async () => {
    expect(await tracker.follow(linkToken, visit())).toEqual({ url: 'https://shop.test/?a=1' });
    expect(recorded).toMatchObject([
      {
        profileId: 'p1',
        name: 'Link Clicked',
        at: new Date(now),
        properties: { flowId: 'f1', version: 2, nodeId: 'mail', deliveryId: 'run/1/0', url: 'https://shop.test/?a=1' },
      },
    ]);
  });

  it.each([
    ['a HEAD', visit(BROWSER, {}, 'HEAD')],
    ['a prefetch', visit(BROWSER, { 'sec-purpose': 'prefetch;prerender' })],
    ['a mail gateway', visit('Mozilla/5.0 (compatible; Proofpoint URL Defense)')],
    ['a chat preview', visit('facebookexternalhit/1.1')],
    ['no user agent', { method: 'GET', headers: {} }],
  ])('leads on but does not count for %s', async (_, request) => {
    expect(await tracker.follow(linkToken, request)).toEqual({ url: 'https://shop.test/?a=1' });
    expect(recorded).toEqual([]);
  });

  it('leads on although the event cannot be stored', async () => {
    recorder = { record: () => Promise.reject(new Error('store away')) };
    expect(await tracker.follow(linkToken, visit())).toEqual({ url: 'https://shop.test/?a=1' });
  });

  it('leads on without an event when the delivery is gone', async () => {
    const token = links.writerFor('gone/1/0').track('https://shop.test/')?.split('/r/')[1] ?? '';
    expect(await tracker.follow(token, visit())).toEqual({ url: 'https://shop.test/' });
    expect(recorded).toEqual([]);
  });

  it('is refused for a token that is not ours', async () => {
    await expect(tracker.follow('https://evil.test', visit())).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('has one message id per second and address', async () => {
    await tracker.follow(linkToken, visit());
    now += 999;
    await tracker.follow(linkToken, visit());
    now += 1;
    await tracker.follow(linkToken, visit());
    const [first, second, third] = recorded.map((event) => event.messageId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe('an open', () => {
  it('becomes an event, once a second', async () => {
    await tracker.open(pixelToken, visit());
    await tracker.open(pixelToken, visit());
    expect(recorded.map((event) => event.name)).toEqual(['Email Opened', 'Email Opened']);
    expect(new Set(recorded.map((event) => event.messageId)).size).toBe(1);
  });

  it('counts through the image proxies of mail services', async () => {
    await tracker.open(pixelToken, visit('Mozilla/5.0 (via ggpht.com GoogleImageProxy)'));
    expect(recorded).toHaveLength(1);
  });

  it('does not count for HEAD and prefetch, and is refused when forged', async () => {
    await tracker.open(pixelToken, visit(BROWSER, {}, 'HEAD'));
    await tracker.open(pixelToken, visit(BROWSER, { purpose: 'prefetch' }));
    expect(recorded).toEqual([]);
    await expect(tracker.open(`x${pixelToken}`, visit())).rejects.toMatchObject({ code: 'link-invalid' });
  });
});
