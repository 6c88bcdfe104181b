/**
 * How fast is the embedded store beside the floor (decoding the same documents with bson) and the raw LMDB operation?
 * `node embedded-store/bench/store.ts [--small]`: through the official driver, in a process of its own, fsync on,
 * 445-byte documents, two secondary indexes. Targets are figures per second on a machine whose floor is 90,000. A faster
 * machine must reach the figure; a slower or loaded one its share of the floor measured around the same work, since
 * decoding slows down with it. The exit code is 1 when a target is missed both ways. The last line is JSON.
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
/** The floor of the machine on which the targets were set. */
const referenceFloor = 90_000;

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
  /** Median of the rounds' ratios, each to the floor measured right before and after its round. */
  ratio: number;
  /** Per second on a machine with the reference floor. */
  target?: number;
}

interface Rates {
  perSecond: number;
  ratio: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

async function timeRate(count: number, work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (count / (performance.now() - startedAt)) * 1000;
}

const samples = Array.from({ length: 10_000 }, (_, i) => Buffer.from(serialize(profileOf(i))));
const floors: number[] = [];

async function measureFloor(): Promise<number> {
  const floor = await timeRate(samples.length, () => samples.forEach((raw) => deserialize(raw)));
  floors.push(floor);
  return floor;
}

/** Median rate over `rounds` rounds of `work`, each of which does `count` things. */
async function rateOf(count: number, rounds: number, work: (round: number) => unknown): Promise<Rates> {
  const rates: number[] = [];
  const ratios: number[] = [];
  let before = await measureFloor();
  for (let round = 0; round < rounds; round++) {
    const rate = await timeRate(count, () => work(round));
    const after = await measureFloor();
    rates.push(rate);
    ratios.push((rate * 2) / (before + after));
    before = after;
  }
  return { perSecond: median(rates), ratio: median(ratios) };
}

/** Keeps `concurrency` calls under way until `count` are done. */
async function runConcurrently(count: number, call: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await call(i);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

interface RawRates {
  lmdb: number;
  /** Durable transactions of one document each: what the disk's fsync allows a single writer. */
  commits: number;
}

async function measureLmdb(folder: string): Promise<RawRates> {
  const root = open<Buffer, number>({ path: join(folder, 'raw.mdb'), encoding: 'binary', keyEncoding: 'uint32' });
  const put = (key: number): unknown => root.putSync(key, samples[key % samples.length] as Buffer);
  const lmdb = await rateOf(10_000, 5, (round) => {
    for (let i = 0; i < 10_000; i += batch) {
      root.transactionSync(() => {
        for (let j = i; j < i + batch; j++) put(round * 10_000 + j);
      });
    }
  });
  const commits = await rateOf(200, 5, (round) => {
    for (let i = 0; i < 200; i++) put(round * 200 + i);
  });
  await root.close();
  return { lmdb: lmdb.perSecond, commits: commits.perSecond };
}

async function measureStore(profiles: Collection<Profile>): Promise<Measure[]> {
  await profiles.createIndexes([{ key: { email: 1 }, unique: true }, { key: { country: 1, score: -1 } }]);
  const inserted = await rateOf(batch, documents / batch, (round) =>
    profiles.insertMany(
      Array.from({ length: batch }, (_, i) => profileOf(round * batch + i)),
      { ordered: false },
    ),
  );
  const idOf = (i: number): number => (i * 7919) % documents;
  const few = isSmall ? 2_000 : 10_000;
  const updates = (run: number, change: Document) =>
    Array.from({ length: batch }, (_, i) => ({
      updateOne: { filter: { _id: idOf(run * batch + i) }, update: { $set: { plan: `run ${run}` }, ...change } },
    }));
  return [
    { name: 'insertMany, 1,000 a batch', ...inserted, target: 25_000 },
    {
      name: 'bulkWrite updateOne by _id, 1,000 a batch',
      ...(await rateOf(batch, 10, (run) => profiles.bulkWrite(updates(run, {}), { ordered: false }))),
      target: 15_000,
    },
    {
      name: 'the same, changing an indexed field',
      ...(await rateOf(batch, 10, (run) =>
        profiles.bulkWrite(updates(run, { $inc: { score: 1 } }), { ordered: false }),
      )),
    },
    {
      name: `updateOne x ${concurrency} concurrent`,
      ...(await rateOf(few / 2, 3, () =>
        runConcurrently(few / 2, (i) => profiles.updateOne({ _id: idOf(i) }, { $set: { plan: `now ${i}` } })),
      )),
      target: 5_000,
    },
    {
      name: `findOne by _id x ${concurrency} concurrent`,
      ...(await rateOf(few, 3, () => runConcurrently(few, (i) => profiles.findOne({ _id: idOf(i) })))),
    },
    {
      name: `ping x ${concurrency} concurrent (the driver's own limit)`,
      ...(await rateOf(few, 3, () => runConcurrently(few, () => profiles.db.command({ ping: 1 })))),
    },
    {
      name: 'indexed find: equality + range + sort, 20 each',
      ...(await rateOf(few / 10, 3, () =>
        runConcurrently(few / 10, (i) =>
          profiles
            .find({ country: countries[i % 8] ?? 'CN', score: { $gte: i % 900 } })
            .sort({ score: -1 })
            .limit(20)
            .toArray(),
        ),
      )),
    },
    {
      name: 'full-scan filter, documents looked at',
      ...(await rateOf(documents, 5, () =>
        profiles.find({ 'address.street': 'Long Street 77', score: { $lt: 990 } }).toArray(),
      )),
      target: 400_000,
    },
    {
      name: '$match + $group, documents looked at',
      ...(await rateOf(documents, 5, () =>
        profiles
          .aggregate([
            { $match: { score: { $lt: 700 } } },
            { $group: { _id: '$country', n: { $sum: 1 }, average: { $avg: '$score' } } },
          ])
          .toArray(),
      )),
      target: 250_000,
    },
  ];
}

/** Prints the table and the JSON line; answers whether every target was met. */
function report(measures: readonly Measure[], { lmdb, commits }: RawRates): boolean {
  const floor = median(floors);
  const bytes = Math.round(samples.reduce((sum, raw) => sum + raw.length, 0) / samples.length);
  const rate = (value: number): string => Math.round(value).toLocaleString('en-US').padStart(10);
  const shown = (value: number): string => value.toFixed(3).padStart(10);
  const wantedRatio = (target: number): number => target / referenceFloor;
  const missed = measures.filter(
    ({ perSecond, ratio, target }) => target !== undefined && perSecond < target && ratio < wantedRatio(target),
  );
  console.log(`${documents.toLocaleString('en-US')} documents of ${bytes} bytes; medians per second\n`);
  console.log(`${'floor: bson.deserialize'.padEnd(50)}${rate(floor)}`);
  console.log(`${'raw LMDB put, 1,000 a transaction'.padEnd(50)}${rate(lmdb)}`);
  console.log(`${'raw LMDB transactions of one document'.padEnd(50)}${rate(commits)}\n`);
  const head = ['per second', 'x floor', 'wanted', 'x LMDB', 'target'].map((title) => title.padStart(10)).join('');
  console.log(`${''.padEnd(50)}${head}`);
  for (const measure of measures) {
    const { name, perSecond, ratio, target } = measure;
    const wanted = target === undefined ? ''.padStart(10) : shown(wantedRatio(target));
    const verdict = target === undefined ? '' : `${rate(target)}${missed.includes(measure) ? '  MISSED' : ''}`;
    console.log(`${name.padEnd(50)}${rate(perSecond)}${shown(ratio)}${wanted}${shown(perSecond / lmdb)}${verdict}`);
  }
  console.log(
    JSON.stringify({
      bench: 'store',
      documents,
      bytes,
      floor: Math.round(floor),
      lmdb: Math.round(lmdb),
      commits: Math.round(commits),
      missed: missed.map(({ name }) => name),
      medians: Object.fromEntries(measures.map(({ name, perSecond }) => [name, Math.round(perSecond)])),
      ratios: Object.fromEntries(measures.map(({ name, ratio }) => [name, Number(ratio.toFixed(4))])),
    }),
  );
  return missed.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'store-bench-'));
try {
  // The first rounds compile the decoder and would count as a slow floor.
  for (let i = 0; i < 5; i++) await measureFloor();
  floors.length = 0;
  const { lmdb, commits } = await measureLmdb(folder);
  const store = await launchEmbeddedStore({ folder: join(folder, 'data') });
  const client = new MongoClient(store.url, { maxPoolSize: concurrency });
  const measures = await measureStore(client.db('bench').collection<Profile>('profiles'));
  await client.close();
  await store.stop();
  process.exitCode = report(measures, { lmdb, commits }) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
