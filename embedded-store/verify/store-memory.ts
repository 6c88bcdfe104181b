/**
 * Loads a million profiles of 500 bytes with two indexes and reads them in every way, watching the store's memory:
 * `node embedded-store/verify/store-memory.ts [--small]` (100,000). Heap and other private memory must stay bounded;
 * pages of the mapped file that the system caches are reported beside it, since it takes them back when it needs them.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateObjectSize } from 'bson';
import { MongoClient } from 'mongodb';
import { launchEmbeddedStore } from '../src/index.ts';

const documents = process.argv.includes('--small') ? 100_000 : 1_000_000;
const batch = 2_000;
/** Private memory that the store may take at most, whatever the number of documents. */
const limitMiB = 700;

interface Profile {
  _id: number;
  email: string;
  country: string;
  score: number;
  note: string;
}

function profileOf(i: number): Profile {
  return {
    _id: i,
    email: `user-${i}@example.org`,
    country: `C${i % 50}`,
    score: (i * 7919) % 100_000,
    note: 'x'.repeat(393),
  };
}

interface Memory {
  private: number;
  mapped: number;
}

function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { private: mib('RssAnon'), mapped: mib('RssFile') };
}

const folder = mkdtempSync(join(tmpdir(), 'store-memory-'));
const store = await launchEmbeddedStore({ folder });
const client = new MongoClient(store.url);
const profiles = client.db('memory').collection<Profile>('profiles');
const { pid } = await client.db('admin').command({ serverStatus: 1 });
const peaks = new Map<string, Memory & { seconds: number }>();

async function watch(phase: string, work: () => Promise<unknown>): Promise<void> {
  const peak: Memory = { private: 0, mapped: 0 };
  const look = (): void => {
    const now = memoryOf(Number(pid));
    peak.private = Math.max(peak.private, now.private);
    peak.mapped = Math.max(peak.mapped, now.mapped);
  };
  const timer = setInterval(look, 50);
  const startedAt = performance.now();
  await work();
  look();
  clearInterval(timer);
  peaks.set(phase, { ...peak, seconds: (performance.now() - startedAt) / 1000 });
}

async function readAll(): Promise<void> {
  let count = 0;
  for await (const _profile of profiles.find({}, { raw: true }).batchSize(10_000)) count++;
  if (count !== documents) throw new Error(`${count} documents came back, ${documents} went in.`);
}

try {
  await profiles.createIndexes([{ key: { email: 1 }, unique: true }, { key: { country: 1, score: -1 } }]);
  await watch('insertMany, 2,000 a batch', async () => {
    for (let i = 0; i < documents; i += batch) {
      await profiles.insertMany(
        Array.from({ length: batch }, (_, j) => profileOf(i + j)),
        { ordered: false },
      );
    }
  });
  await watch('find all', readAll);
  await watch('full-scan filter', () => profiles.countDocuments({ note: 'nothing like it' }));
  await watch('group by country', () =>
    profiles.aggregate([{ $group: { _id: '$country', n: { $sum: 1 } } }]).toArray(),
  );
  await watch('sort without an index, 100 wanted', () =>
    profiles.find().sort({ score: 1, email: -1 }).limit(100).toArray(),
  );
  await watch('updateMany of all', () => profiles.updateMany({}, { $set: { note: 'y'.repeat(393) } }));
  await watch('create an index', () => profiles.createIndex({ score: 1 }));
  await watch('deleteMany of half', () => profiles.deleteMany({ _id: { $lt: documents / 2 } }));
  const fileMiB = Math.round(statSync(join(folder, 'store.mdb')).size / 1024 / 1024);
  const bytes = calculateObjectSize(profileOf(documents - 1));
  console.log(`${documents.toLocaleString('en-US')} profiles of ${bytes} bytes; the file has ${fileMiB} MiB\n`);
  console.log(`${'phase'.padEnd(36)}${'seconds'.padStart(9)}${'private MiB'.padStart(13)}${'mapped MiB'.padStart(12)}`);
  for (const [phase, peak] of peaks) {
    console.log(
      `${phase.padEnd(36)}${peak.seconds.toFixed(1).padStart(9)}${String(peak.private).padStart(13)}${String(peak.mapped).padStart(12)}`,
    );
  }
  const all = [...peaks.values()];
  const peakPrivateMiB = Math.max(...all.map((peak) => peak.private));
  const peakRssMiB = Math.max(...all.map((peak) => peak.private + peak.mapped));
  const ok = peakPrivateMiB <= limitMiB;
  if (!ok) console.log(`\nThe store took ${peakPrivateMiB} MiB of its own; ${limitMiB} are allowed.`);
  console.log(
    JSON.stringify({ check: 'store-memory', ok, documents, bytes, peakPrivateMiB, peakRssMiB, limitMiB, fileMiB }),
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  await client.close();
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
}
