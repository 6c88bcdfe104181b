/** Kills runtime processes and the store at random while profiles pass a flow with waits; then every profile must have one finished run and nothing may have happened twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@sluice/e2e/api-client';
import { type RunningApp, startApp } from '@sluice/e2e/start-app';
import { launchEmbeddedStore } from '@sluice/embedded-store';
import type { Graph } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { type Document, MongoClient } from 'mongodb';
import { answeringFlow, COUNTED, countingFlow, HOOKS, TAG } from './fixture/counting-flow.ts';
import { Report } from './fixture/report.ts';
import { openUnreliableReceiver } from './fixture/unreliable-receiver.ts';

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
const receiver = await openUnreliableReceiver();
const env = { MONGODB_URL: store.url, LOG_LEVEL: 'error', HTTP_ALLOW_PRIVATE: 'yes' };
let apps: RunningApp[] = [];
try {
  const first = await startApp({ env });
  apps = [first];
  const client = new ApiClient(first.url);
  await client.setUp(first.setupToken ?? '');
  while (apps.length < PROCESSES) apps.push(await startApp({ env }));
  await insertProfiles();
  const answering = await publish(client, 'Answering', answeringFlow());
  const flowId = await publish(client, 'Counting', countingFlow(receiver.url));
  const startedAt = Date.now();
  const kills = await killUntilDone([flowId, answering], startedAt);
  report.note('kills', kills);
  report.note('seconds', Math.round((Date.now() - startedAt) / 1000));
  await check(flowId, answering);
} finally {
  await Promise.all(apps.map((app) => app.stop('SIGKILL')));
  await receiver.close();
  await mongo.close();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}
report.end('engine-kill');

async function publish(client: ApiClient, name: string, graph: Graph): Promise<string> {
  const { id: flowId } = await client.call(api.flows.createFlow, { body: { name, graph } });
  await client.call(api.flows.publishFlow, { params: { flowId }, body: { baseRevision: 1, note: '' } });
  return flowId;
}

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
async function killUntilDone(
  flowIds: readonly string[],
  startedAt: number,
): Promise<{ processes: number; store: number }> {
  const kills = { processes: 0, store: 0 };
  for (;;) {
    await sleep(200 + Math.random() * 2500);
    const left = await countLeft(flowIds);
    const isSpent = kills.processes >= KILLS && kills.store >= STORE_KILLS;
    if (isSpent && left === 0) return kills;
    if (Date.now() - startedAt > LIMIT_MS) {
      report.expect('runs and calls that are not over in time', left, 0);
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

/** Runs that are to end still, batches whose effects are to be performed, and calls that are to be made. */
async function countLeft(flowIds: readonly string[]): Promise<number> {
  try {
    const [ended, open, batches] = await Promise.all([
      database.collection('runs').countDocuments({ flowId: { $in: [...flowIds] }, status: 'ended' }),
      database.collection('calls').countDocuments({ dueAt: { $exists: true } }),
      database.collection('batches').countDocuments({}),
    ]);
    return flowIds.length * PROFILES - ended + open + batches;
  } catch (error) {
    console.log(`  the store does not answer: ${(error as Error).message}`);
    return Number.POSITIVE_INFINITY;
  }
}

async function storePid(): Promise<number> {
  const status = await database.admin().serverStatus();
  return Number(status['pid']);
}

async function check(flowId: string, answering: string): Promise<void> {
  const runs = await database.collection<Document>('runs').find({ flowId }).toArray();
  report.expect('runs', runs.length, PROFILES);
  report.expect('profiles with a run', new Set(runs.map((run) => run['profileId'])).size, PROFILES);
  report.expect('runs that ended', runs.filter((run) => run['status'] === 'ended').length, PROFILES);
  const profiles = await database.collection<Document>('profiles').find({}).toArray();
  const counters = ['first', 'second', 'third'];
  const miscounted = profiles.filter(({ attributes }) => counters.some((counter) => attributes[counter] !== 1));
  report.expect('profiles whose attributes were not counted up exactly once', miscounted.length, 0);
  const tagged = profiles.filter(({ attributes }) => JSON.stringify(attributes['tags']) === JSON.stringify([TAG]));
  report.expect('profiles with the tag, once', tagged.length, PROFILES);
  const emitted = await database.collection<Document>('events').find({ name: COUNTED }).toArray();
  report.expect('events emitted', emitted.length, PROFILES);
  report.expect('profiles that emitted one', new Set(emitted.map((event) => event['profileId'])).size, PROFILES);
  report.expect('runs of the flow that answers', await countRuns({ flowId: answering }), PROFILES);
  const mailed = runs.filter((run) => run['variants']?.['split'] === 'mail').length;
  report.expect(
    'deliveries',
    await database.collection('deliveries').countDocuments({ flowId, status: 'sent' }),
    mailed,
  );
  report.expect('messages in the outbox', await database.collection('outboxMessages').countDocuments({}), mailed);
  checkCalls(runs);
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

function countRuns(filter: Document): Promise<number> {
  return database.collection('runs').countDocuments(filter);
}

/** Every call that a run decided came to the receiver, and nothing else did; one that came again, under the same key. */
function checkCalls(runs: readonly Document[]): void {
  const decided = runs.flatMap((run) =>
    (run['path'] as { node: string }[]).flatMap(({ node }, seq) =>
      HOOKS.includes(node) ? [`${run['_id']}/${seq}/0`] : [],
    ),
  );
  const unseen = decided.filter((id) => !receiver.received.has(id));
  report.expect('calls decided', decided.length, HOOKS.length * PROFILES);
  report.expect('calls that the receiver never saw', unseen.length, 0);
  report.expect('keys at the receiver', receiver.received.size, decided.length);
  const mixed = [...receiver.received.values()].filter(({ bodies }) => bodies.size !== 1);
  report.expect('keys under which different bodies came', mixed.length, 0);
  const again = [...receiver.received.values()].filter(({ times }) => times > 1).length;
  report.note('receiver', { ...receiver.counts, keysThatCameAgain: again });
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}
