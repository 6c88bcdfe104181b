/** Public files go in by HTTP with the rows their descriptions state, in every format; bad ones lose nothing; a kill, an undo and a large file leave no trace. */
import { openAsBlob, readFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@sluice/e2e/api-client';
import { type RunningApp, startApp } from '@sluice/e2e/start-app';
import type { Condition } from '@sluice/shared/condition';
import { api, type ImportJob, type ImportMapping, type ImportPreview } from '@sluice/shared/http-api';
import {
  badCases,
  byColumn,
  importCases,
  numbered,
  spectrumCases,
  taobao,
  TAOBAO_PERIOD,
} from './fixture/import-cases.ts';
import { Report } from './fixture/report.ts';

const MEGABYTES = Number(process.env['MEGABYTES'] ?? 256);
const ROW_BYTES = Number(process.env['ROW_BYTES'] ?? 8192);
/** With ONLY=large the small files are left out. */
const isLargeOnly = process.env['ONLY'] === 'large';
/** How much more than before the upload either process may hold. V8 lets rubbish lie until its heap is a few times what lives in it. */
const MOST_GROWTH_MB = Math.max(200, Math.round(MEGABYTES * 0.3));
/** The same of what the store holds for itself, without the pages of its file that the system keeps in memory. */
const MOST_STORE_GROWTH_MB = 400;
const LIMIT_MS = 1_200_000;

const report = new Report();
const folder = await mkdtemp(path.join(tmpdir(), 'sluice-imports-'));
const start = () => startApp({ dataDir: path.join(folder, 'data'), env: { LOG_LEVEL: 'error' } });
let app: RunningApp = await start();
let client = new ApiClient(app.url);
const table: string[] = [];
let counted = 0;
/** Of the processes that were killed. */
const peaks: number[] = [];
let storePeak = 0;
try {
  await client.setUp(app.setupToken ?? '');
  if (!isLargeOnly) await checkFiles();
  await checkLarge();
} finally {
  await app.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${row('file', 'rows in', 'rejected', 'seconds')}\n${table.join('\n')}\n`);
report.end('imports');

function row(...cells: (string | number)[]): string {
  return cells.map((cell, at) => (at === 0 ? String(cell).padEnd(28) : String(cell).padStart(10))).join('');
}

async function checkFiles(): Promise<void> {
  const cases = await importCases();
  for (const each of cases) await expectCase(each);
  await checkTruths();
  await checkSpectrum();
  for (const each of await badCases()) await expectCase(each);
  await checkUndo(cases.at(-1)?.bytes ?? Buffer.alloc(0));
  await checkKill(cases[0]?.bytes ?? Buffer.alloc(0));
}

type Mapping = (preview: ImportPreview) => ImportMapping;

async function importFile(file: string, bytes: Uint8Array<ArrayBuffer> | Blob, mapping: Mapping): Promise<ImportJob> {
  const startedAt = Date.now();
  const uploaded = await client.upload(api.data.uploadImport, file, bytes);
  await begin(uploaded, mapping);
  const done = await ended(uploaded.id);
  table.push(row(file, done.rowsImported, done.rowsRejected, ((Date.now() - startedAt) / 1000).toFixed(1)));
  return done;
}

function begin({ id, preview }: ImportJob, mapping: Mapping): Promise<ImportJob> {
  return client.call(api.data.startImport, { params: { importId: id }, body: mapping(preview as ImportPreview) });
}

async function ended(importId: string): Promise<ImportJob> {
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(100)) {
    const job = await client.call(api.data.getImport, { params: { importId } });
    storePeak = Math.max(storePeak, storeMegabytes());
    if (job.status !== 'running' && job.status !== 'undoing') return job;
  }
  throw new Error(`The import ${importId} did not end within ${LIMIT_MS} ms`);
}

async function expectCase({
  file,
  bytes,
  mapping,
  rowsIn,
  rejected,
  refused,
}: Awaited<ReturnType<typeof badCases>>[0]) {
  if (refused) {
    const answer = await client.upload(api.data.uploadImport, file, bytes).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
    table.push(row(file, 0, 'refused', '-'));
    report.expect(`${file} is refused with a sentence`, answer.includes(refused) && /damaged/.test(answer), true);
    return;
  }
  const job = await importFile(file, bytes, mapping);
  const wanted = { status: 'done', rowsImported: rowsIn, rejectedBy: rejected };
  report.expect(file, { status: job.status, rowsImported: job.rowsImported, rejectedBy: job.rejectedBy }, wanted);
  if (job.rowsRejected === 0) return;
  const { items } = await client.call(api.data.listRejections, { params: { importId: job.id } });
  report.expect(
    `${file}: rejected rows are listed with line, reason and text`,
    items.filter(({ line, code, raw }) => line > 1 && code !== '' && raw !== '').length,
    job.rowsRejected,
  );
}

/** By a snapshot: the live count gives up after ten seconds, which a machine with other work may need longer for. */
async function count(condition: Condition): Promise<number> {
  const body = { name: `Count ${(counted += 1)}`, kind: 'snapshot' as const, condition };
  const { id: audienceId } = await client.call(api.audiences.createAudience, { body });
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(200)) {
    const { extraction, size } = await client.call(api.audiences.getAudience, { params: { audienceId } });
    if (extraction?.status === 'done') return size;
  }
  throw new Error(`The audience ${body.name} was not extracted within ${LIMIT_MS} ms`);
}

function attribute(name: string, value: string): Condition {
  return { op: 'attribute', name, is: { operator: 'equals', value } };
}

async function checkTruths(): Promise<void> {
  // The same 64,000 customers came three times: as CSV, as a workbook and as JSON lines.
  report.expect(
    'men’s arm of Hillstrom, in three formats',
    await count(attribute('segment', 'Mens E-Mail')),
    3 * 21_307,
  );
  report.expect('yes of the bank', await count({ op: 'attribute', name: 'bank_y', is: { operator: 'isTrue' } }), 4640);
  report.expect('26-35岁 of JData', await count(attribute('jd_age', '26-35岁')), 14_125);
  report.expect('36-45岁 of JData', await count(attribute('jd_age', '36-45岁')), 8925);
  report.expect('buyers of Taobao', await count(bought()), 559);
}

function bought(): Condition {
  const is = { operator: 'atLeast' as const, value: 1 };
  return { op: 'event', name: 'buy', measure: { kind: 'count' }, window: { kind: 'ever' }, is };
}

async function checkSpectrum(): Promise<void> {
  for (const { name, bytes, expected } of spectrumCases()) {
    const job = await importFile(`csv-spectrum ${name}`, bytes, (preview) => ({
      identity: { kind: 'row-number', prefix: `${name}-` },
      columns: preview.columns.map((column) => ({ column: column.name, attribute: column.name, type: 'string' })),
      computed: [],
    }));
    const { items } = await client.call(api.data.listProfiles, { query: { search: `${name}-`, limit: 100 } });
    const found = items
      .map(({ userId, attributes }) => ({ at: Number(userId?.slice(name.length + 1)), attributes }))
      .sort((a, b) => a.at - b.at)
      .map(({ attributes }) => sorted(attributes));
    // A blank cell says nothing about an attribute.
    const wanted = expected.map((object) =>
      sorted(Object.fromEntries(Object.entries(object).filter(([, v]) => v !== ''))),
    );
    report.expect(`csv-spectrum ${name}, ${job.rowsRejected} rejected`, found, wanted);
  }
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All events go, then come again with the days they can have happened on. */
async function checkUndo(bytes: Buffer<ArrayBuffer>): Promise<void> {
  const { items } = await client.call(api.data.listImports, { query: { limit: 100 } });
  const first = items.find(({ fileName }) => fileName === 'user_behavior.csv');
  const startedAt = Date.now();
  await client.call(api.data.undoImport, { params: { importId: first?.id ?? '' } });
  const undone = await ended(first?.id ?? '');
  report.note('undoSeconds', Math.round((Date.now() - startedAt) / 100) / 10);
  report.expect('the events are taken back', undone.undo?.events, 84_475);
  report.expect('so are the people made for them', undone.undo?.removed, 815);
  report.expect('buyers afterwards', await count(bought()), 0);
  const job = await importFile('user_behavior.csv (9 days)', bytes, taobao(TAOBAO_PERIOD));
  report.expect('events within the days', job.rowsImported, 84_440);
  report.expect('events with wild clocks, rejected one by one', job.rejectedBy, { 'time-outside': 35 });
}

/** The process is killed in the middle of an import and started again. */
async function checkKill(bytes: Buffer<ArrayBuffer>): Promise<void> {
  const uploaded = await client.upload(api.data.uploadImport, 'killed.csv', bytes);
  await begin(uploaded, numbered('k-'));
  await restart(uploaded.id, 10_000);
  const job = await ended(uploaded.id);
  report.expect('rows after a kill in the middle', job.rowsImported, 64_000);
  const { items } = await client.call(api.data.listProfiles, { query: { search: 'k-64000', limit: 2 } });
  report.expect('the last row is there', items.length, 1);
}

/** A file larger than the process may grow by, through a kill in the middle, and taken back as a whole. */
async function checkLarge(): Promise<void> {
  const file = path.join(folder, 'large.csv');
  const rows = await writeLarge(file);
  const before = peakMegabytes();
  const storeBefore = storeMegabytes();
  storePeak = 0;
  const startedAt = Date.now();
  const uploaded = await client.upload(api.data.uploadImport, 'large.csv', await openAsBlob(file));
  await rm(file);
  await begin(uploaded, (preview) => {
    const mapping = byColumn('id')(preview);
    return { ...mapping, columns: mapping.columns.filter(({ column }) => column === 'city') };
  });
  await restart(uploaded.id, rows / 2);
  const job = await ended(uploaded.id);
  const seconds = (Date.now() - startedAt) / 1000;
  table.push(row(`large.csv (${MEGABYTES} MB)`, job.rowsImported, job.rowsRejected, seconds.toFixed(1)));
  report.expect('rows of the large file, through a kill', job.rowsImported, rows);
  const grown = [peaks.at(-1) ?? 0, peakMegabytes()].map((peak) => peak - before);
  report.note('largeFile', { megabytes: MEGABYTES, rows, seconds: Math.round(seconds) });
  report.note('grownMegabytesUntilKillAndAfter', grown);
  report.expect(`both grew by less than ${MOST_GROWTH_MB} MB`, Math.max(...grown) < MOST_GROWTH_MB, true);
  report.note('storeGrownMegabytes', storePeak - storeBefore);
  report.expect(
    `the store grew by less than ${MOST_STORE_GROWTH_MB} MB`,
    storePeak - storeBefore < MOST_STORE_GROWTH_MB,
    true,
  );
  const undoneFrom = Date.now();
  await client.call(api.data.undoImport, { params: { importId: uploaded.id } });
  const undone = await ended(uploaded.id);
  report.expect('the large file is taken back as a whole', undone.undo?.removed, rows);
  report.note('largeUndo', { seconds: Math.round((Date.now() - undoneFrom) / 1000), peakMegabytes: peakMegabytes() });
  const { items } = await client.call(api.data.listProfiles, { query: { search: 'large-', limit: 2 } });
  report.expect('nobody of it is left', items.length, 0);
}

/** Answers how many rows it has. */
async function writeLarge(file: string): Promise<number> {
  const handle = await open(file, 'w');
  await handle.write('id,city,filler\n');
  const perMegabyte = Math.floor(1_048_576 / ROW_BYTES);
  const filler = 'x'.repeat(Math.max(1, ROW_BYTES - 20));
  for (let megabyte = 0; megabyte < MEGABYTES; megabyte += 1) {
    const rows = Array.from({ length: perMegabyte }, (_, at) => `large-${megabyte * perMegabyte + at},c,${filler}\n`);
    await handle.write(rows.join(''));
  }
  await handle.close();
  return MEGABYTES * perMegabyte;
}

/** The process is killed once it has read so many rows, and started again. */
async function restart(importId: string, rowsRead: number): Promise<void> {
  const params = { importId };
  while ((await client.call(api.data.getImport, { params })).rowsRead < rowsRead) await sleep(20);
  peaks.push(peakMegabytes());
  await app.stop('SIGKILL');
  app = await start();
  client = new ApiClient(app.url);
  await client.signIn();
}

/** The most memory that the process has held so far. */
function peakMegabytes(): number {
  return megabytesOf(app.pid, 'VmHWM');
}

/** What the store's process, the child of the app, holds for itself now. */
function storeMegabytes(): number {
  const children = readFileSync(`/proc/${app.pid}/task/${app.pid}/children`, 'utf8').trim();
  return Math.max(0, ...children.split(' ').map((pid) => megabytesOf(Number(pid), 'RssAnon')));
}

/** A line of proc(5), status; 0 for a process that has ended. */
function megabytesOf(pid: number, line: 'VmHWM' | 'RssAnon'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
