/**
 * Kills the store's process at random moments under load, then checks every acknowledged write, every unique index
 * and every secondary index; and once more on a copy whose last write is torn as by a power cut: `node embedded-store/verify/store-kill.ts [--small]` (200 kills, or 10).
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Collection, MongoClient } from 'mongodb';
import { launchEmbeddedStore, startStoreServer } from '../src/index.ts';
import { fileName } from '../src/storage/lmdb-store.ts';
import { tearLastWrite } from './tear-last-write.ts';

interface Account {
  _id: number;
  email: string;
  version: number;
  group: number;
  tags: string[];
}

const kills = process.argv.includes('--small') ? 10 : 200;
const writers = 8;
const idsPerWriter = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'store-kill-'));

/** What a document may be: as the last acknowledged write left it, or as a write without an answer would leave it. */
interface Expectation {
  acknowledged: number | undefined;
  unanswered: Set<number | undefined>;
}
const expected = new Map<number, Expectation>();
let acknowledged = 0;
let unanswered = 0;

function accountOf(id: number, version: number): Account {
  return {
    _id: id,
    email: `user-${id}@example.org`,
    version,
    group: version % 17,
    tags: [`v${version % 5}`, `w${id % 7}`],
  };
}

/** Inserts, updates and deletes its own ids until the store goes away. */
async function write(accounts: Collection<Account>, writer: number, round: number): Promise<void> {
  for (let step = 0; ; step++) {
    const id = writer * idsPerWriter + ((round * 7919 + step * 31) % 400);
    const known = expected.get(id) ?? { acknowledged: undefined, unanswered: new Set() };
    expected.set(id, known);
    const isThere = known.unanswered.size === 0 ? known.acknowledged !== undefined : undefined;
    const version = isThere && step % 11 === 0 ? undefined : round * 1_000_000 + step + 1;
    known.unanswered.add(version);
    try {
      if (version === undefined) await accounts.deleteOne({ _id: id });
      else await accounts.replaceOne({ _id: id }, accountOf(id, version), { upsert: true });
    } catch {
      // The kill came in between: the write may have happened or not, and both are right.
      unanswered++;
      return;
    }
    known.acknowledged = version;
    known.unanswered.clear();
    acknowledged++;
  }
}

async function check(accounts: Collection<Account>): Promise<string[]> {
  const problems: string[] = [];
  const found = new Map<number, Account>();
  for await (const account of accounts.find()) found.set(account._id, account);
  for (const [id, { acknowledged: wanted, unanswered: possible }] of expected) {
    const version = found.get(id)?.version;
    if (version !== wanted && !possible.has(version))
      problems.push(`document ${id}: version ${version}, acknowledged ${wanted}`);
    const account = found.get(id);
    if (account && JSON.stringify(account) !== JSON.stringify(accountOf(id, account.version)))
      problems.push(`document ${id} is torn`);
  }
  for (const id of found.keys()) if (!expected.has(id)) problems.push(`document ${id} was never written`);
  const validation = await accounts.db.command({ validate: accounts.collectionName });
  if (!validation['valid']) problems.push(...(validation['errors'] as string[]));
  return problems;
}

/** Tears the last write in a copy of the dead store's folder, and checks what a store makes of the copy. */
async function checkTornCopy(): Promise<void> {
  const copy = `${folder}-torn`;
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  try {
    tornPages += tearLastWrite(join(copy, fileName));
    const server = await startStoreServer({ folder: copy, listen: { port: 0 } });
    const client = new MongoClient(server.url);
    const found = await check(client.db('kill').collection<Account>('accounts'));
    problems.push(...found.map((problem) => `torn copy after kill ${killed}: ${problem}`));
    torn++;
    await client.close();
    await server.stop();
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const startedAt = performance.now();
let problems: string[] = [];
let killed = 0;
let torn = 0;
let tornPages = 0;
try {
  for (let round = 0; round <= kills && problems.length === 0; round++) {
    const store = await launchEmbeddedStore({ folder });
    const client = new MongoClient(store.url, {
      maxPoolSize: writers + 1,
      serverSelectionTimeoutMS: 500,
      retryReads: false,
    });
    const accounts = client.db('kill').collection<Account>('accounts');
    if (round === 0) {
      await accounts.createIndexes([
        { key: { email: 1 }, unique: true },
        { key: { group: 1, version: -1 } },
        { key: { tags: 1 }, sparse: true },
      ]);
    }
    const isLast = round === kills;
    if (isLast || round % 20 === 0) problems = await check(accounts);
    // What is found after a kill is settled: it can only be what was acknowledged or sent last.
    if (!isLast) {
      for (const account of await accounts.find({}, { projection: { version: 1 } }).toArray())
        settle(account._id, account.version);
      for (const [id, { unanswered: open }] of expected) if (open.size > 0) settle(id, undefined);
      const { pid } = await client.db('admin').command({ serverStatus: 1 });
      const load = Array.from({ length: writers }, (_, writer) => write(accounts, writer, round + 1));
      await pause(20 + Math.random() * 200);
      process.kill(Number(pid), 'SIGKILL');
      await Promise.all(load);
      killed++;
    }
    await client.close();
    await store.stop();
    if (!isLast) await checkTornCopy();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function settle(id: number, version: number | undefined): void {
  const known = expected.get(id);
  if (!known || known.unanswered.size === 0) return;
  if (version !== known.acknowledged && !known.unanswered.has(version))
    problems.push(`document ${id}: version ${version} from nowhere`);
  known.acknowledged = version;
  known.unanswered.clear();
}

const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(`kills                     ${killed}`);
console.log(`torn copies               ${torn} (${tornPages} pages overwritten)`);
console.log(`acknowledged writes       ${acknowledged}`);
console.log(`writes without an answer  ${unanswered}`);
console.log(`documents checked         ${expected.size}`);
console.log(`problems                  ${problems.length}`);
for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
console.log(
  JSON.stringify({
    check: 'store-kill',
    ok: problems.length === 0,
    killed,
    torn,
    tornPages,
    acknowledged,
    unanswered,
    documents: expected.size,
    problems: problems.length,
    seconds,
  }),
);
process.exit(problems.length === 0 ? 0 : 1);
