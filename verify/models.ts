/** Models by HTTP: the bank's calls (AUC, leaks, lift), a known truth (AUC beside the best possible, calibration), a planted look-alike. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { ApiClient } from '@sluice/e2e/api-client';
import { startApp } from '@sluice/e2e/start-app';
import type { Condition } from '@sluice/shared/condition';
import { api, type Audience, type BodyIn, type Model } from '@sluice/shared/http-api';
import { DATA_FOLDER } from './fixture/hillstrom-data.ts';
import { areaOf, drawCustomers, type KnownCustomer, toCsv } from './fixture/known-customers.ts';
import { Report } from './fixture/report.ts';

const report = new Report();
const CUSTOMERS = 20_000;
const app = await startApp({ env: { LOG_LEVEL: 'error' } });
try {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  const bank = gunzipSync(readFileSync(path.join(DATA_FOLDER, 'bank', 'bank-additional-full.csv.gz')));
  const bankNames = await importCsv(client, 'bank.csv', bank, 'bank-');
  await checkBank(client, bankNames);
  const customers = drawCustomers(CUSTOMERS, 20_261_125);
  const names = await importCsv(client, 'customers.csv', Buffer.from(toCsv(customers)), 'customer-');
  await checkKnownTruth(client, customers, names);
  await checkLookAlike(client, customers, names);
} finally {
  await app.stop();
}
report.end('models');

/** The public outcomes of a bank's calls; `duration` is only known when the call is over. */
async function checkBank(client: ApiClient, names: string[]): Promise<void> {
  const features = names.filter((name) => name !== 'y');
  const label: Condition = { op: 'attribute', name: 'y', is: { operator: 'isTrue' } };
  const among: Condition = { op: 'attribute', name: 'y', is: { operator: 'exists' } };
  const include = features.filter((name) => name !== 'duration');
  const model = await train(client, { name: 'Bank', kind: 'response', label, among, include });
  const found = model.report;
  if (!found) throw new Error('The bank model has no report');
  report.expect('bank: profiles', found.profiles, 41_188);
  report.expect('bank: positives', found.positives, 4640);
  report.expect('bank: hold-out AUC at least 0.77', found.auc >= 0.77, true);
  report.expect('bank: trained in under a minute', found.trainedInMs < 60_000, true);
  report.note('bankAuc', round(found.auc));
  report.note('bankAucInterval', [round(found.aucLow), round(found.aucHigh)]);
  report.note('bankTrainSeconds', found.trainedInMs / 1000);
  report.note('bankCalibrationError', round(found.calibrationError));
  report.expect('bank: calibration error below 2 points', found.calibrationError < 0.02, true);
  report.note(
    'bankLiftByDecile',
    found.deciles.map(({ lift }) => round(lift)),
  );
  report.expect('bank: the best tenth says yes at least 3 times as often', (found.deciles[0]?.lift ?? 0) >= 3, true);
  report.note(
    'bankTopFeatures',
    found.features.slice(0, 5).map(({ attribute, share, direction }) => [attribute, round(share), direction]),
  );
  report.expect(
    'bank: nothing gives the answer away',
    found.features.filter(({ warning }) => warning !== null).map(({ attribute }) => attribute),
    [],
  );
  const again = await train(client, { name: 'Bank again', kind: 'response', label, among, include });
  report.expect('bank: the same seed gives the same model', again.report?.auc, found.auc);
  const leaking = await train(client, {
    name: 'Bank with duration',
    kind: 'response',
    label,
    among,
    include: features,
  });
  const duration = leaking.report?.features.find(({ attribute }) => attribute === 'duration');
  report.note('bankAucWithDuration', round(leaking.report?.auc ?? 0));
  report.note('durationAloneAuc', round(duration?.aloneAuc ?? 0));
  report.expect('bank: the duration of the call is asked about', duration?.warning, 'stands-out');

  const best = await extract(client, model.id, { name: 'Best tenth', selection: { kind: 'share', share: 0.1 } });
  report.expect('bank: the best tenth as an audience', best.size, Math.round(41_188 / 10));
  const yes = await client.call(api.data.countAudience, {
    body: { condition: { op: 'all', of: [{ op: 'audience', audience: best.id, is: 'member' }, label] } },
  });
  report.note('bankYesInBestTenth', round(yes.count / best.size));
}

async function checkKnownTruth(
  client: ApiClient,
  customers: readonly KnownCustomer[],
  names: readonly string[],
): Promise<void> {
  const label: Condition = { op: 'attribute', name: 'ordered', is: { operator: 'equals', value: 1 } };
  const among: Condition = { op: 'attribute', name: 'ordered', is: { operator: 'exists' } };
  const include = names.filter((name) => name !== 'ordered');
  const { report: found } = await train(client, { name: 'Known truth', kind: 'response', label, among, include });
  if (!found) throw new Error('The model of the known truth has no report');
  const best = areaOf(customers.map(({ chance, ordered }) => ({ score: chance, isPositive: ordered === 1 })));
  report.note('bestPossibleAuc', round(best));
  report.note('knownTruthAuc', round(found.auc));
  report.note('knownTruthCalibrationError', round(found.calibrationError));
  report.expect('known truth: AUC within 0.015 of the best possible', Math.abs(found.auc - best) < 0.015, true);
  report.expect('known truth: calibration error below 2.5 points', found.calibrationError < 0.025, true);
  const worst = Math.max(...found.deciles.map(({ predicted, actual }) => Math.abs(predicted - actual)));
  report.expect('known truth: no decile is off by more than 7 points', worst < 0.07, true);
  const directions = Object.fromEntries(found.features.map(({ attribute, direction }) => [attribute, direction]));
  report.expect(
    'known truth: income raises, age lowers',
    [directions['income'], directions['years']],
    ['rises', 'falls'],
  );
}

/** Half of a planted segment is the seed; the model must find the other half among everybody. */
async function checkLookAlike(
  client: ApiClient,
  customers: readonly KnownCustomer[],
  names: readonly string[],
): Promise<void> {
  const planted = customers.flatMap((customer, index) => (customer.isPlanted ? [`customer-${index + 1}`] : []));
  const userIds = planted.filter((_, index) => index % 2 === 0);
  const seed = await client.call(api.audiences.createAudience, { body: { name: 'Seed', kind: 'manual' } });
  const params = { audienceId: seed.id };
  await client.call(api.audiences.changeMembers, { params, body: { change: 'add', userIds } });
  const among: Condition = { op: 'attribute', name: 'ordered', is: { operator: 'exists' } };
  const include = names.filter((name) => name !== 'ordered');
  const body = { name: 'Like the seed', kind: 'look-alike' as const, seedAudience: seed.id, among, include };
  const model = await train(client, body);
  const rest = planted.length - userIds.length;
  report.note('lookAlikeAuc', round(model.report?.auc ?? 0));
  const expansion = await extract(client, model.id, {
    name: 'Expansion',
    selection: { kind: 'count', count: rest },
    isWithoutLabelled: true,
  });
  report.expect('look-alike: as many as asked for', expansion.size, rest);
  const members = new Set<string>();
  for (let after: string | null | undefined; after !== null; ) {
    const query: { limit: number; after?: string } = { limit: 200, ...(after && { after }) };
    const page = await client.call(api.audiences.listMembers, { params: { audienceId: expansion.id }, query });
    for (const { profile } of page.items) members.add(profile.userId ?? '');
    after = page.next;
  }
  const recovered = planted.filter((userId, index) => index % 2 === 1 && members.has(userId)).length;
  // Some of the segment are like everybody, and some of everybody like the segment: nobody can tell all of them.
  const seeds = new Set(userIds);
  const others = customers.flatMap((customer, index) =>
    seeds.has(`customer-${index + 1}`) ? [] : [{ score: customer.likeness, isPositive: customer.isPlanted }],
  );
  const ideal = others.toSorted((one, other) => other.score - one.score).slice(0, rest);
  const possible = ideal.filter(({ isPositive }) => isPositive).length;
  report.note('lookAlikeBestPossibleAuc', round(areaOf(others)));
  report.note('lookAlikeRecovered', `${recovered} of ${rest}, ${possible} at best`);
  report.expect('look-alike: the seed is left out', userIds.filter((userId) => members.has(userId)).length, 0);
  report.expect('look-alike: finds at least 90 % of what can be found at all', recovered / possible >= 0.9, true);
}

async function train(client: ApiClient, body: BodyIn<typeof api.models.createModel>): Promise<Model> {
  const { id } = await client.call(api.models.createModel, { body });
  const done = await until(`${body.name} is trained`, async () => {
    const model = await client.call(api.models.getModel, { params: { modelId: id } });
    return model.training.status !== 'running' && model;
  });
  if (done.training.status !== 'done') throw new Error(`${body.name}: ${JSON.stringify(done.training)}`);
  return done;
}

async function extract(
  client: ApiClient,
  modelId: string,
  {
    isWithoutLabelled = false,
    ...body
  }: {
    name: string;
    selection: { kind: 'share'; share: number } | { kind: 'count'; count: number };
    isWithoutLabelled?: boolean;
  },
): Promise<Audience> {
  const params = { modelId };
  const made = await client.call(api.models.createModelAudience, { params, body: { ...body, isWithoutLabelled } });
  return until(`${body.name} is extracted`, async () => {
    const audience = await client.call(api.audiences.getAudience, { params: { audienceId: made.id } });
    return audience.extraction?.status === 'done' && audience;
  });
}

/** Imports a file whose rows are numbered into user ids; answers the attributes it became. */
async function importCsv(
  client: ApiClient,
  fileName: string,
  csv: Buffer<ArrayBuffer>,
  prefix: string,
): Promise<string[]> {
  const uploaded = await client.upload(api.data.uploadImport, fileName, csv);
  const columns = (uploaded.preview?.columns ?? []).map(({ name, type }) => ({
    column: name,
    // A dot would be a path in the store.
    attribute: name.replaceAll('.', '_'),
    type,
  }));
  const params = { importId: uploaded.id };
  const mapping = { identity: { kind: 'row-number' as const, prefix }, columns, computed: [] };
  const startedAt = Date.now();
  await client.call(api.data.startImport, { params, body: mapping });
  const done = await until(`${fileName} is imported`, async () => {
    const job = await client.call(api.data.getImport, { params });
    return (job.status === 'done' || job.status === 'failed') && job;
  });
  report.expect(`${fileName}: rows rejected`, done.rowsRejected, 0);
  report.note(`${path.parse(fileName).name}ImportSeconds`, Math.round((Date.now() - startedAt) / 100) / 10);
  return columns.map(({ attribute }) => attribute);
}

async function until<T>(what: string, ask: () => Promise<T | false>, limitMs = 300_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs / 1000} s: ${what}\n${app.output().slice(-3000)}`);
    await sleep(200);
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
