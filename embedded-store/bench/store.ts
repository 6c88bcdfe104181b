/**
 * How fast is the embedded store beside the floor (decoding the same documents with bson) and the raw LMDB operation?
 * `node embedded-store/bench/store.ts [--small]`: through the official driver, in a process of its own, fsync on,
 * 445-byte documents, two secondary indexes. Absolute figures move with the machine's load; the ratios hardly do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'bson';
import { open } from 'lmdb';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { launchEmbeddedStore } from '../src/index.ts';

const isSmall = process.argv.includes('--small');
const documents = isSmall ? 10_000 : 100_000;
const concurrency = 32;
const batch = 1_000;

interface Profile {
  _id: number;
  email: string;
  country: string;
  score: number;
  plan: string;
  seenAt: Date;
  tags: string[];
  address: { city: string; street: string; zip: string };
  note: string;
}

const countries = ['CN', 'DE', 'FR', 'US', 'JP', 'BR', 'IN', 'KE'];

function profileOf(i: number): Profile {
  return {
    _id: i,
    email: `user-${i}@example.org`,
    country: countries[i % countries.length] ?? 'CN',
    score: (i * 7919) % 1000,
    plan: i % 3 === 0 ? 'free' : 'paid',
    seenAt: new Date(1_700_000_000_000 + i * 1000),
    tags: ['newsletter', `cohort-${i % 50}`],
    address: { city: 'Hangzhou', street: `Long Street ${i % 1000}`, zip: '310000' },
    note: 'x'.repeat(206),
  };
}

interface Measure {
  name: string;
  perSecond: number;
  target?: number;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Median rate over runs of `work`, each of which does `count` things. */
async function rateOf(count: number, runs: number, work: (run: number) => unknown): Promise<number> {
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    await work(run);
    rates.push((count / (performance.now() - startedAt)) * 1000);
  }
  return median(rates);
}

/** Keeps `concurrency` calls under way until `count` are done. */
async function runConcurrently(count: number, call: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await call(i);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

interface Floor {
  floor: number;
  lmdb: number;
  /** Durable transactions of one document each: what the disk's fsync allows a single writer. */
  commits: number;
  bytes: number;
}

async function measureFloor(folder: string): Promise<Floor> {
  const raws = Array.from({ length: 10_000 }, (_, i) => Buffer.from(serialize(profileOf(i))));
  const floor = await rateOf(raws.length, 5, () => raws.forEach((raw) => deserialize(raw)));
  const root = open<Buffer, number>({ path: join(folder, 'raw.mdb'), encoding: 'binary', keyEncoding: 'uint32' });
  const lmdb = await rateOf(raws.length, 5, (run) => {
    for (let i = 0; i < raws.length; i += batch) {
      root.transactionSync(() => {
        for (let j = i; j < i + batch; j++) root.putSync(run * raws.length + j, raws[j] as Buffer);
      });
    }
  });
  const single = 200;
  const commits = await rateOf(single, 5, (run) => {
    for (let i = 0; i < single; i++) root.putSync(run * single + i, raws[i] as Buffer);
  });
  await root.close();
  return { floor, lmdb, commits, bytes: Math.round(raws.reduce((sum, raw) => sum + raw.length, 0) / raws.length) };
}

async function measureStore(profiles: Collection<Profile>): Promise<Measure[]> {
  await profiles.createIndexes([{ key: { email: 1 }, unique: true }, { key: { country: 1, score: -1 } }]);
  const rounds = documents / batch;
  const insertRates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const made = Array.from({ length: batch }, (_, i) => profileOf(round * batch + i));
    insertRates.push(await rateOf(batch, 1, () => profiles.insertMany(made, { ordered: false })));
  }
  const idOf = (i: number): number => (i * 7919) % documents;
  const few = isSmall ? 2_000 : 10_000;
  const updates = (run: number, change: Document) =>
    Array.from({ length: batch }, (_, i) => ({
      updateOne: { filter: { _id: idOf(run * batch + i) }, update: { $set: { plan: `run ${run}` }, ...change } },
    }));
  return [
    { name: 'insertMany, 1,000 a batch', perSecond: median(insertRates), target: 25_000 },
    {
      name: 'bulkWrite updateOne by _id, 1,000 a batch',
      perSecond: await rateOf(batch, 10, (run) => profiles.bulkWrite(updates(run, {}), { ordered: false })),
      target: 15_000,
    },
    {
      name: 'the same, changing an indexed field',
      perSecond: await rateOf(batch, 10, (run) =>
        profiles.bulkWrite(updates(run, { $inc: { score: 1 } }), { ordered: false }),
      ),
    },
    {
      name: `updateOne x ${concurrency} concurrent`,
      perSecond: await rateOf(few / 2, 3, () =>
        runConcurrently(few / 2, (i) => profiles.updateOne({ _id: idOf(i) }, { $set: { plan: `now ${i}` } })),
      ),
      target: 5_000,
    },
    {
      name: `findOne by _id x ${concurrency} concurrent`,
      perSecond: await rateOf(few, 3, () => runConcurrently(few, (i) => profiles.findOne({ _id: idOf(i) }))),
    },
    {
      name: `ping x ${concurrency} concurrent (the driver's own limit)`,
      perSecond: await rateOf(few, 3, () => runConcurrently(few, () => profiles.db.command({ ping: 1 }))),
    },
    {
      name: 'indexed find: equality + range + sort, 20 each',
      perSecond: await rateOf(few / 10, 3, () =>
        runConcurrently(few / 10, (i) =>
          profiles
            .find({ country: countries[i % 8] ?? 'CN', score: { $gte: i % 900 } })
            .sort({ score: -1 })
            .limit(20)
            .toArray(),
        ),
      ),
    },
    {
      name: 'full-scan filter, documents looked at',
      perSecond: await rateOf(documents, 5, () =>
        profiles.find({ 'address.street': 'Long Street 77', score: { $lt: 990 } }).toArray(),
      ),
      target: 400_000,
    },
    {
      name: '$match + $group, documents looked at',
      perSecond: await rateOf(documents, 5, () =>
        profiles
          .aggregate([
            { $match: { score: { $lt: 700 } } },
            { $group: { _id: '$country', n: { $sum: 1 }, average: { $avg: '$score' } } },
          ])
          .toArray(),
      ),
      target: 250_000,
    },
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'store-bench-'));
try {
  const { floor, lmdb, commits, bytes } = await measureFloor(folder);
  const store = await launchEmbeddedStore({ folder: join(folder, 'data') });
  const client = new MongoClient(store.url, { maxPoolSize: concurrency });
  const measures = await measureStore(client.db('bench').collection<Profile>('profiles'));
  await client.close();
  await store.stop();

  const rate = (value: number): string => Math.round(value).toLocaleString('en-US').padStart(10);
  console.log(`${documents.toLocaleString('en-US')} documents of ${bytes} bytes; medians per second\n`);
  console.log(`${'floor: bson.deserialize'.padEnd(50)}${rate(floor)}`);
  console.log(`${'raw LMDB put, 1,000 a transaction'.padEnd(50)}${rate(lmdb)}`);
  console.log(`${'raw LMDB transactions of one document'.padEnd(50)}${rate(commits)}\n`);
  console.log(
    `${''.padEnd(50)}${'per second'.padStart(10)}${'x floor'.padStart(10)}${'x LMDB'.padStart(10)}${'target'.padStart(10)}`,
  );
  for (const { name, perSecond, target } of measures) {
    const ratios = [perSecond / floor, perSecond / lmdb].map((ratio) => ratio.toFixed(3).padStart(10)).join('');
    console.log(`${name.padEnd(50)}${rate(perSecond)}${ratios}${target ? rate(target) : ''}`);
  }
  const missed = measures
    .filter(({ perSecond, target }) => target !== undefined && perSecond < target)
    .map(({ name }) => name);
  console.log(
    JSON.stringify({
      bench: 'store',
      documents,
      bytes,
      floor: Math.round(floor),
      lmdb: Math.round(lmdb),
      commits: Math.round(commits),
      missed,
      medians: Object.fromEntries(measures.map(({ name, perSecond }) => [name, Math.round(perSecond)])),
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
