/** Data in and people found: imports beside parsing alone, ingest beside bare Fastify, counts and memberships of a five-part condition, and what following an event costs with 50 and 500 audiences. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { api, type ImportMapping, type ImportPreview } from '@sluice/shared/http-api';
import type { Document } from 'mongodb';
import { addAudiences, extracted, followEvents } from './fixture/cost-of-following.ts';
import { makeEvents, sendAll } from './fixture/event-load.ts';
import { fiveConditions, MOST_PEOPLE } from './fixture/five-conditions.ts';
import { openMeasuredApp } from './fixture/measured-app.ts';
import { parseAlone } from './fixture/parse-alone.ts';
import { ATTRIBUTES, customerCsv, EVENT_NAMES, pastEvents } from './fixture/population.ts';
import { quantile } from './fixture/quantile.ts';
import { sendSingly } from './fixture/send-singly.ts';

const PROFILES = Number(process.env['PROFILES'] ?? 1_000_000);
const EVENTS = Number(process.env['EVENTS'] ?? 5_000_000);
const INGESTED = Number(process.env['INGESTED'] ?? 100_000);
const FOLLOWED = Number(process.env['FOLLOWED'] ?? 10_000);
const COUNTS = 8;
const WRITE_KEYS = 16;
const AUDIENCES = [50, 500] as const;
const TOUCHED = 5;
const TARGETS = { ingestShare: 0.25, membersPerSecond: 47_000, growthOfFollowing: 2 };

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-data-'));
const app = await openMeasuredApp();
const figures: Record<string, number | boolean> = { profiles: PROFILES, events: EVENTS };
const note = (more: Record<string, number | boolean>) => {
  Object.assign(figures, more);
  console.log(`  ${JSON.stringify(more)}`);
};
try {
  await measureImport(path.join(folder, 'customers.csv'));
  await seedEvents();
  await measureCounts();
  await measureMemberships();
  const keys = await createKeys();
  await measureIngest(keys);
  await measureFollowing(keys[0] ?? '');
} finally {
  await app.close();
  await rm(folder, { recursive: true, force: true });
}
const passed =
  Number(figures['ingestShare']) >= TARGETS.ingestShare &&
  Number(figures['membersPerSecond']) >= TARGETS.membersPerSecond &&
  Number(figures['growthOfFollowing']) < TARGETS.growthOfFollowing &&
  figures['areCountsAnswered'] === true;
console.log(JSON.stringify({ name: 'data', passed, ...figures, targets: TARGETS }));
process.exitCode = passed ? 0 : 1;

function mappingOf({ columns }: ImportPreview): ImportMapping {
  const types = new Map<string, ImportMapping['columns'][number]['type']>(ATTRIBUTES);
  return {
    identity: { kind: 'column', column: 'user_id' },
    columns: columns.flatMap(({ name }) => {
      const type = types.get(name);
      return type ? [{ column: name, attribute: name, type }] : [];
    }),
    computed: [],
  };
}

async function measureImport(file: string): Promise<void> {
  await pipeline(customerCsv(PROFILES), createWriteStream(file));
  const parsed = await parseAlone(file, mappingOf);
  const startedAt = performance.now();
  const uploaded = await app.client.upload(api.data.uploadImport, 'customers.csv', await openAsBlob(file));
  const uploadedAt = performance.now();
  const params = { importId: uploaded.id };
  await app.client.call(api.data.startImport, { params, body: mappingOf(uploaded.preview as ImportPreview) });
  let job = await app.client.call(api.data.getImport, { params });
  for (; job.status === 'running'; job = await app.client.call(api.data.getImport, { params })) await sleep(100);
  if (job.rowsImported !== PROFILES) throw new Error(`The import ended ${job.status} with ${job.rowsImported} rows`);
  const seconds = (performance.now() - uploadedAt) / 1000;
  note({
    parsedRowsPerSecond: Math.round(parsed),
    uploadSeconds: Math.round((uploadedAt - startedAt) / 100) / 10,
    importedRowsPerSecond: Math.round(PROFILES / seconds),
    importShareOfParsing: share(PROFILES / seconds, parsed),
  });
}

/** Straight into the store: events come in over HTTP further down, where that is measured. */
async function seedEvents(): Promise<void> {
  const startedAt = performance.now();
  const now = new Date();
  const collection = app.database.collection<Document>('events');
  for (const batch of pastEvents(EVENTS, PROFILES, now.getTime())) await collection.insertMany(batch);
  const known = EVENT_NAMES.map((name) => ({
    _id: name,
    properties: { amount: 'number', sku: 'string' },
    count: Math.round(EVENTS / EVENT_NAMES.length),
    lastSeenAt: now,
  }));
  await app.database.collection<Document>('eventDefinitions').insertMany(known as never);
  note({ eventsSeededPerSecond: Math.round(EVENTS / ((performance.now() - startedAt) / 1000)) });
}

async function measureCounts(): Promise<void> {
  const first: number[] = [];
  const again: number[] = [];
  let areAnswered = true;
  const ask = async (variant: number, into: number[]) => {
    const startedAt = performance.now();
    await app.client
      .call(api.data.countAudience, { body: { condition: fiveConditions(variant) } })
      .catch((error: Error) => {
        areAnswered = false;
        console.log(`  ${error.message.slice(0, 200)}`);
      });
    into.push(Math.round(performance.now() - startedAt));
  };
  for (let variant = 0; variant < COUNTS; variant += 1) await ask(variant, first);
  for (let variant = 0; variant < COUNTS; variant += 1) await ask(variant, again);
  first.sort((a, b) => a - b);
  again.sort((a, b) => a - b);
  note({
    firstCountP50Ms: quantile(first, 0.5),
    firstCountP95Ms: quantile(first, 0.95),
    repeatedCountP50Ms: quantile(again, 0.5),
    repeatedCountP95Ms: quantile(again, 0.95),
    areCountsAnswered: areAnswered,
  });
}

async function measureMemberships(): Promise<void> {
  for (const [what, condition] of [
    ['members', MOST_PEOPLE],
    ['eventMembers', fiveConditions(0)],
  ] as const) {
    const body = { name: what, kind: 'snapshot' as const, condition };
    const { id } = await app.client.call(api.audiences.createAudience, { body });
    await extracted(app, id);
    const { size, extraction } = await app.client.call(api.audiences.getAudience, { params: { audienceId: id } });
    const seconds = (Date.parse(extraction?.finishedAt ?? '') - Date.parse(extraction?.startedAt ?? '')) / 1000;
    note({ [what]: size, [`${what}PerSecond`]: Math.round(size / seconds), [`${what}Seconds`]: seconds });
  }
}

/** Several: each may send no more than a thousand calls a second. */
async function createKeys(): Promise<string[]> {
  const made = Array.from({ length: WRITE_KEYS }, (_, index) =>
    app.client.call(api.access.createWriteKey, { body: { name: `Bench ${index}` } }),
  );
  return (await Promise.all(made)).map(({ key }) => key);
}

/** Each event a POST of its own, the same ones to both, as many under way; and in batches, as servers send them. */
async function measureIngest(keys: readonly string[]): Promise<void> {
  const mix = { names: ['Ingested'], users: PROFILES };
  const single = { path: '/v1/track', keys, callsAtOnce: 256 };
  const { url = '' } = app.apps[0] ?? {};
  await sendSingly(url, makeEvents({ ...mix, seed: 6 }, 2000), single);
  const ingested = await rate(() => sendSingly(url, makeEvents({ ...mix, seed: 7 }, INGESTED), single));
  const drawn = { ...mix, seed: 9, ids: 'drawn' as const };
  const ingestedDrawn = await rate(() => sendSingly(url, makeEvents(drawn, INGESTED), single));
  const batches = { batch: 500, callsAtOnce: 3 };
  const inBatches = await rate(() => sendAll(app, keys[0] ?? '', makeEvents({ ...mix, seed: 8 }, INGESTED), batches));
  const bare = spawn(process.execPath, [path.join(import.meta.dirname, 'fixture', 'bare-fastify.ts')]);
  const [address] = (await once(bare.stdout, 'data')) as [Buffer];
  const floorUrl = address.toString().trim();
  await sendSingly(floorUrl, makeEvents({ ...mix, seed: 6 }, 2000), single);
  const floor = await rate(() => sendSingly(floorUrl, makeEvents({ ...mix, seed: 7 }, INGESTED), single));
  bare.kill();
  note({
    ingestedPerSecond: Math.round(ingested),
    ingestedInBatchesPerSecond: Math.round(inBatches),
    bareFastifyPerSecond: Math.round(floor),
    ingestShare: share(ingested, floor),
    ingestShareWithDrawnIds: share(ingestedDrawn, floor),
  });
}

async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return INGESTED / ((performance.now() - startedAt) / 1000);
}

async function measureFollowing(key: string): Promise<void> {
  const costs: number[] = [];
  let standing = 0;
  for (const [round, count] of AUDIENCES.entries()) {
    await addAudiences(app, standing, count, TOUCHED);
    standing = count;
    const { perSecond, cpuMsPerEvent } = await followEvents(app, key, {
      events: FOLLOWED,
      users: PROFILES,
      seed: 100 + round * 10,
    });
    costs.push(cpuMsPerEvent);
    note({ [`followedPerSecondWith${count}`]: perSecond, [`cpuMsPerEventWith${count}`]: cpuMsPerEvent });
  }
  note({ growthOfFollowing: share(costs[1] ?? 0, costs[0] ?? 1) });
}

function share(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 1000;
}
