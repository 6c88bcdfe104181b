import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { createKeep, type Keep } from './keep.ts';
import { createQueue } from './queue.ts';
import { createSender } from './sender.ts';
import { createTracker } from './tracker.ts';

const keepInMemory = (): Keep =>
  createKeep(() => {
    throw new Error('forbidden');
  });
const callOf = (messageId: string, more: object = {}): Call => ({
  type: 'track',
  messageId,
  timestamp: '2026-03-01T00:00:00.000Z',
  anonymousId: 'a',
  ...more,
});
const idsOf = (calls: Call[]) => calls.map(({ messageId }) => messageId);

describe('the script', () => {
  it('is smaller than 5 KB when sent', async () => {
    const outDir = await mkdtemp(path.join(tmpdir(), 'sdk-'));
    try {
      const configFile = path.resolve(import.meta.dirname, '../vite.config.ts');
      await build({ configFile, logLevel: 'silent', build: { outDir } });
      const script = await readFile(path.join(outDir, 'sluice.js'));
      expect(script.length).toBeGreaterThan(1000);
      expect(gzipSync(script).length).toBeLessThan(5000);
    } finally {
      await rm(outDir, { recursive: true, force: true });
    }
  });
});

describe('the queue', () => {
  it('gives the oldest calls that fit, keeps the latest 500, and forgets by id', () => {
    const queue = createQueue(keepInMemory());
    for (let index = 0; index < 510; index += 1) queue.add(callOf(`m${index}`));
    expect(idsOf(queue.peek(1_000_000)).slice(0, 2)).toEqual(['m10', 'm11']);
    expect(queue.peek(1_000_000)).toHaveLength(100);
    expect(queue.peek(250)).toHaveLength(2);
    queue.add(callOf('large', { properties: { text: 'x'.repeat(500) } }));
    queue.remove(queue.peek(1_000_000));
    expect(idsOf(queue.peek(150))).toEqual(['m111']);
  });

  it('begins anew when something else stands in its place', () => {
    const keep = keepInMemory();
    keep.set('queue', '{broken');
    const queue = createQueue(keep);
    queue.add(callOf('m1'));
    expect(idsOf(queue.peek(1000))).toEqual(['m1']);
  });
});

describe('the sender', () => {
  /** Answers in turn; timers run when told. */
  function play(answers: (number | Error)[]) {
    const queue = createQueue(keepInMemory());
    const waits: number[] = [];
    const bodies: { batch: Call[] }[] = [];
    const warnings: string[] = [];
    const beacons: string[] = [];
    const due: (() => void)[] = [];
    const sender = createSender({
      url: '/v1/batch',
      queue,
      fetch: async (_url, { body }) => {
        bodies.push(JSON.parse(String(body)));
        const answer = answers.shift() ?? 200;
        if (answer instanceof Error) throw answer;
        return { ok: answer < 400, status: answer };
      },
      beacon: (_url, body) => beacons.push(body) > 0,
      warn: (text) => void warnings.push(text),
      random: () => 0.5,
      wait: (ms, run) => {
        waits.push(ms);
        due.push(run);
      },
    });
    const run = async () => {
      for (let next = due.shift(); next; next = due.shift()) {
        next();
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
    };
    return { queue, sender, waits, bodies, warnings, beacons, run };
  }

  it('tries again later and later while the network is away or the server is busy, and loses nothing', async () => {
    const { queue, sender, waits, bodies, run } = play([new Error('offline'), 503, 429, 200]);
    queue.add(callOf('m1'));
    sender.wake();
    await run();
    expect(waits).toEqual([300, 1000, 2000, 4000, 0]);
    expect(bodies.map(({ batch }) => idsOf(batch))).toEqual([['m1'], ['m1'], ['m1'], ['m1']]);
    expect(queue.peek(1000)).toEqual([]);
  });

  it('says what was refused and goes on', async () => {
    const { queue, sender, warnings, run } = play([401]);
    queue.add(callOf('m1'));
    sender.wake();
    await run();
    expect(warnings).toEqual(['sluice: the server refused 1 calls with 401']);
    expect(queue.peek(1000)).toEqual([]);
  });

  it('hands over what there is when the page goes, and keeps it until it is confirmed', () => {
    const { queue, sender, beacons } = play([]);
    sender.handOver();
    expect(beacons).toEqual([]);
    queue.add(callOf('m1'));
    sender.handOver();
    expect(idsOf((JSON.parse(beacons[0] ?? '') as { batch: Call[] }).batch)).toEqual(['m1']);
    expect(idsOf(queue.peek(1000))).toEqual(['m1']);
  });
});

describe('the tracker', () => {
  it('names the visitor by one id until they say who they are, and anew after they have signed out', () => {
    const calls: Call[] = [];
    const place = () => ({ url: 'https://shop.example/a', path: '/a', title: 'A', referrer: '' });
    const tracker = createTracker({ keep: keepInMemory(), place, send: (call) => void calls.push(call) });
    tracker.page();
    tracker.identify('ada', { plan: 'pro' });
    tracker.track('Ordered', { total: 3 });
    tracker.reset();
    tracker.page('Home', { path: '/b' });
    const [first, identified, ordered, last] = calls;
    expect(first).toMatchObject({ type: 'page', properties: { path: '/a', title: 'A' } });
    expect(first).not.toHaveProperty('userId');
    expect(identified).toMatchObject({ type: 'identify', userId: 'ada', anonymousId: first?.anonymousId });
    expect(ordered).toMatchObject({ event: 'Ordered', userId: 'ada', properties: { total: 3 } });
    expect(last).toMatchObject({ name: 'Home', properties: { path: '/b' } });
    expect(last).not.toHaveProperty('userId');
    expect(last?.anonymousId).not.toBe(first?.anonymousId);
    expect(new Set(idsOf(calls)).size).toBe(4);
  });
});
