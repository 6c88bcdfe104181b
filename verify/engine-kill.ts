/** Kills runtime processes and the store at random while profiles pass a flow with waits; then every profile must have one finished run and nothing may have happened twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@sluice/e2e/api-client';
import { type RunningApp, startApp } from '@sluice/e2e/start-app';
import { launchEmbeddedStore } from '@sluice/embedded-store';
import { api } from '@sluice/shared/http-api';
import { type Document, MongoClient } from 'mongodb';
import { countingFlow } from './fixture/counting-flow.ts';
import { Report } from './fixture/report.ts';

const PROFILES = Number(process.env['PROFILES'] ?? 20_000);
const KILLS = Number(process.env['KILLS'] ?? 50);
const STORE_KILLS = Number(process.env['STORE_KILLS'] ?? 5);
const PROCESSES = 2;
const LIMIT_MS = 25 * 60_000;

const report = new Report();
const folder = await mkdtemp(path.join(tmpdir(), 'sluice-kill-'));
const store = await launchEmbeddedStore({ folder });
const mongo = await MongoClient.connect(store.url);
const database = mongo.db('sluice');
const env = { MONGODB_URL: store.url, LOG_LEVEL: 'error' };
let apps: RunningApp[] = [];
try {
  const first = await startApp({ env });
  apps = [first];
  const client = new ApiClient(first.url);
  await client.setUp(first.setupToken ?? '');
  while (apps.length < PROCESSES) apps.push(await startApp({ env }));
  await insertProfiles();
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Counting', graph: countingFlow() } });
  await client.call(api.flows.publishFlow, { params: { flowId: flow.id }, body: { baseRevision: 1, note: '' } });
  const startedAt = Date.now();
  const kills = await killUntilDone(flow.id, startedAt);
  report.note('kills', kills);
  report.note('seconds', Math.round((Date.now() - startedAt) / 1000));
  await check(flow.id);
} finally {
  await Promise.all(apps.map((app) => app.stop('SIGKILL')));
  await mongo.close();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}
report.end('engine-kill');

async function insertProfiles(): Promise<void> {
  const at = new Date();
  for (let from = 0; from < PROFILES; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, PROFILES - from) }, (_, index) => {
      const number = from + index;
      const attributes = { email: `user-${number}@example.test`, history: number % 400 };
      return {
        _id: `profile-${String(number).padStart(8, '0')}`,
        userId: `user-${number}`,
        attributes,
        createdAt: at,
        updatedAt: at,
      };
    });
    await database.collection<Document>('profiles').insertMany(batch as never);
  }
}

/** Kills a process, now and then the store, and starts a new process, until the kills are spent and all runs have ended. */
async function killUntilDone(flowId: string, startedAt: number): Promise<{ processes: number; store: number }> {
  const kills = { processes: 0, store: 0 };
  for (;;) {
    await sleep(200 + Math.random() * 2500);
    const ended = await countEnded(flowId);
    const isSpent = kills.processes >= KILLS && kills.store >= STORE_KILLS;
    if (isSpent && ended === PROFILES) return kills;
    if (Date.now() - startedAt > LIMIT_MS) {
      report.expect('runs ended in time', ended, PROFILES);
      return kills;
    }
    if (isSpent) continue;
    if (kills.store < STORE_KILLS && kills.processes >= ((kills.store + 1) * KILLS) / (STORE_KILLS + 1)) {
      process.kill(await storePid(), 'SIGKILL');
      kills.store++;
      continue;
    }
    const victim = Math.floor(Math.random() * apps.length);
    await (apps[victim] as RunningApp).stop('SIGKILL');
    kills.processes++;
    apps[victim] = await startAgain();
  }
}

async function startAgain(): Promise<RunningApp> {
  for (;;) {
    try {
      return await startApp({ env });
    } catch (error) {
      // The store may be on its way back; a start that finds none is refused with a sentence, and tried again.
      console.log(`  start refused: ${(error as Error).message.split('\n')[1] ?? ''}`);
      await sleep(1000);
    }
  }
}

async function countEnded(flowId: string): Promise<number> {
  try {
    return await database.collection('runs').countDocuments({ flowId, status: 'ended', hold: { $exists: false } });
  } catch (error) {
    console.log(`  the store does not answer: ${(error as Error).message}`);
    return -1;
  }
}

async function storePid(): Promise<number> {
  const status = await database.admin().serverStatus();
  return Number(status['pid']);
}

async function check(flowId: string): Promise<void> {
  const runs = await database.collection<Document>('runs').find({ flowId }).toArray();
  report.expect('runs', runs.length, PROFILES);
  report.expect('profiles with a run', new Set(runs.map((run) => run['profileId'])).size, PROFILES);
  report.expect('runs that ended', runs.filter((run) => run['status'] === 'ended').length, PROFILES);
  report.expect('runs still held', runs.filter((run) => run['hold']).length, 0);
  const profiles = await database.collection<Document>('profiles').find({}).toArray();
  const miscounted = profiles.filter(({ attributes }) => attributes['first'] !== 1 || attributes['second'] !== 1);
  report.expect('profiles whose attributes were not counted up exactly once', miscounted.length, 0);
  const mailed = runs.filter((run) => run['variants']?.['split'] === 'mail').length;
  report.expect(
    'deliveries',
    await database.collection('deliveries').countDocuments({ flowId, status: 'sent' }),
    mailed,
  );
  report.expect('messages in the outbox', await database.collection('outboxMessages').countDocuments({}), mailed);
  report.expect('batches left behind', await database.collection('batches').countDocuments({}), 0);
  const client = new ApiClient((apps[0] as RunningApp).url);
  await client.signIn();
  const counts = await client.call(api.flows.counts, { params: { flowId } });
  const recounted: Record<string, number> = {};
  for (const run of runs)
    for (const step of run['path']) {
      recounted[step.node] = (recounted[step.node] ?? 0) + 1;
      if (step.port) recounted[`${step.node}:${step.port}`] = (recounted[`${step.node}:${step.port}`] ?? 0) + 1;
    }
  const shown: Record<string, number> = {};
  for (const [node, { entered, left }] of Object.entries(counts.nodes)) {
    shown[node] = entered;
    for (const [port, count] of Object.entries(left)) shown[`${node}:${port}`] = count;
  }
  report.expect('counts on the canvas, as recomputed from the runs', sorted(shown), sorted(recounted));
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}
