/** Runs per second through the campaign without waits, 64,000 profiles on the embedded store, against insertMany of the very documents it leaves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@sluice/e2e/api-client';
import { hillstromFlow } from '@sluice/e2e/hillstrom-flow';
import { startApp } from '@sluice/e2e/start-app';
import { launchEmbeddedStore } from '@sluice/embedded-store';
import { api } from '@sluice/shared/http-api';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { makeCustomers } from './fixture/customers.ts';
import { median } from './fixture/median.ts';

const PROFILES = 64_000;
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const TARGET_RATIO = 3;
const BATCH = 1000;
/** What the flow leaves behind. */
const LEFT = ['runs', 'deliveries', 'outboxMessages'];

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bench-'));
const store = await launchEmbeddedStore({ folder });
const mongo = await MongoClient.connect(store.url);
const app = await startApp({ env: { MONGODB_URL: store.url, LOG_LEVEL: 'error' } });
const flowSeconds: number[] = [];
const floorSeconds: number[] = [];
let documents = 0;
try {
  const database = mongo.db('sluice');
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  for (const batch of makeCustomers(PROFILES, BATCH)) await database.collection<Document>('profiles').insertMany(batch);
  for (let round = 0; round < ROUNDS; round++) {
    const flowId = await publish(client);
    flowSeconds.push(await secondsOf(flowId));
    floorSeconds.push(await floorOf(flowId));
    console.log(
      `round ${round + 1}: flow ${flowSeconds.at(-1)?.toFixed(2)} s, floor ${floorSeconds.at(-1)?.toFixed(2)} s for ${documents} documents`,
    );
  }
} finally {
  await app.stop();
  await mongo.close();
  await store.stop();
  await rm(folder, { recursive: true, force: true });
}

const flow = median(flowSeconds);
const floor = median(floorSeconds);
const ratio = median(flowSeconds.map((seconds, round) => seconds / (floorSeconds[round] as number)));
const passed = ratio <= TARGET_RATIO;
console.log(`${Math.round(PROFILES / flow)} runs/s; ${ratio.toFixed(2)} times the floor, at most ${TARGET_RATIO}`);
console.log(
  JSON.stringify({
    name: 'flow',
    passed,
    profiles: PROFILES,
    rounds: ROUNDS,
    runsPerSecond: Math.round(PROFILES / flow),
    flowSeconds: flow,
    floorSeconds: floor,
    documents,
    ratio,
    targetRatio: TARGET_RATIO,
  }),
);
process.exitCode = passed ? 0 : 1;

async function publish(client: ApiClient): Promise<string> {
  const graph = hillstromFlow({
    by: 'hash',
    audience: { op: 'attribute', name: 'history', is: { operator: 'exists' } },
  });
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Bench', graph } });
  const params = { flowId: flow.id };
  await client.call(api.flows.publishFlow, { params, body: { baseRevision: flow.revision, note: '' } });
  for (;;) {
    const counts = await client.call(api.flows.counts, { params });
    if (counts.enrolment.status === 'done') {
      if (counts.ended !== PROFILES) throw new Error(`${counts.ended} of ${PROFILES} runs ended:\n${app.output()}`);
      return flow.id;
    }
    await sleep(250);
  }
}

/** From the first profile asked for to the last run confirmed, as the enrolment itself recorded it. */
async function secondsOf(flowId: string): Promise<number> {
  const firing = await mongo.db('sluice').collection<Document>('enrolments').findOne({ flowId });
  if (!firing) throw new Error('No enrolment');
  return (firing['finishedAt'].getTime() - firing['startedAt'].getTime()) / 1000;
}

/** The same documents into empty collections with the same indexes, in the same batches, two under way as in the engine. */
async function floorOf(flowId: string): Promise<number> {
  const from = mongo.db('sluice');
  const into = mongo.db('floor');
  await into.dropDatabase();
  const work: { target: Collection<Document>; batch: Document[] }[] = [];
  documents = 0;
  for (const name of LEFT) {
    const target = into.collection<Document>(name);
    for (const { key, name: indexName, v: _v, ...options } of await from.collection(name).indexes())
      if (indexName !== '_id_') await target.createIndex(key, { ...options, name: indexName as string });
    const left = await from
      .collection<Document>(name)
      .find({ _id: { $in: await idsOf(name, flowId) } } as Document, { raw: false })
      .toArray();
    documents += left.length;
    for (let at = 0; at < left.length; at += BATCH) work.push({ target, batch: left.slice(at, at + BATCH) });
  }
  const startedAt = performance.now();
  const lane = async () => {
    for (let next = work.shift(); next; next = work.shift())
      await next.target.insertMany(next.batch, { ordered: false });
  };
  await Promise.all([lane(), lane()]);
  return (performance.now() - startedAt) / 1000;
}

async function idsOf(name: string, flowId: string): Promise<unknown[]> {
  const source = mongo.db('sluice').collection<Document>(name === 'runs' ? 'runs' : 'deliveries');
  return (await source.find({ flowId }).project({ _id: 1 }).toArray()).map(({ _id }) => _id);
}
