/** Forecasts by HTTP: 100,000 profiles through 15 nodes and 30 days within 30 s and nothing written; then the second half of Hillstrom's customers, forecast from what really happened to the first, beside what then happens to them. */
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '@sluice/bench/cpu-seconds';
import { forecastFlow } from '@sluice/bench/forecast-flow';
import { insertCustomers, type MeasuredApp, openMeasuredApp } from '@sluice/bench/measured-app';
import { sendBatch } from '@sluice/e2e/api-client';
import { hillstromFlow } from '@sluice/e2e/hillstrom-flow';
import type { Condition } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import { api, type Forecast, type ForecastResult, type ForecastSettings } from '@sluice/shared/http-api';
import { outcomesOfRow, type Hillstrom, readHillstrom } from './fixture/hillstrom-data.ts';
import { Report } from './fixture/report.ts';

const PROFILES = Number(process.env['PROFILES'] ?? 100_000);
const LIMIT_SECONDS = Number(process.env['LIMIT_SECONDS'] ?? 30);
/** Long enough for the outcomes of one half to be sent in while everybody waits. */
const DELAY_MS = Number(process.env['DELAY_MS'] ?? 120_000);
/** One of the two can be left out. */
const PARTS = (process.env['PARTS'] ?? 'size,hillstrom').split(',');
const HOUR_MS = 3_600_000;

const SETTINGS: ForecastSettings = {
  days: 30,
  startAt: new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS).toISOString(),
  seed: 1,
  rates: [
    { key: 'Email Opened', node: 'first', share: 0.3, medianMs: 6 * HOUR_MS },
    { key: 'Email Opened', node: 'second', share: 0.25, medianMs: 6 * HOUR_MS },
    { key: 'Order Paid', node: 'second', share: 0.05, medianMs: 24 * HOUR_MS },
  ],
  arrivals: [],
  answers: [],
  channels: [],
  nodes: [],
  currency: 'USD',
};

const report = new Report();
if (PARTS.includes('size')) await checkSize();
if (PARTS.includes('hillstrom')) await checkHillstrom(readHillstrom());
report.end('forecast');

async function checkSize(): Promise<void> {
  const app = await openMeasuredApp();
  try {
    await insertCustomers(app, PROFILES);
    const flowId = await draft(app, forecastFlow());
    const before = await fingerprint(app);
    const usual = watchAnswers(app);
    await sleep(5000);
    report.note('answersBeforeMs', usual());
    const meanwhile = watchAnswers(app);
    const pid = app.apps[0]?.pid ?? 0;
    const cpuBefore = cpuSeconds(pid);
    const first = await forecast(app, flowId, SETTINGS);
    report.note('processorSecondsOfFirst', Number((cpuSeconds(pid) - cpuBefore).toFixed(1)));
    report.note('answersMeanwhileMs', meanwhile());
    const second = await forecast(app, flowId, SETTINGS);
    const other = await forecast(app, flowId, { ...SETTINGS, seed: 2 });
    const after = await fingerprint(app);
    report.note('collectionsCompared', Object.keys(after).length);
    report.expect(
      'collections that are not as before',
      Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]),
      [],
    );
    const seconds = Math.min(first.tookMs, second.tookMs, other.tookMs) / 1000;
    report.note('profiles', PROFILES);
    report.note(
      'secondsOfEach',
      [first, second, other].map(({ tookMs }) => tookMs / 1000),
    );
    report.note(
      'visits',
      first.nodes.reduce((sum, { entered }) => sum + entered, 0),
    );
    report.note('bareReadSeconds', await secondsToRead(app));
    report.expect(`made within ${LIMIT_SECONDS} s`, seconds < LIMIT_SECONDS, true);
    report.expect('everybody went through', [first.runs, first.entered], [PROFILES, PROFILES]);
    report.expect('the same seed gives the same', digest(second), digest(first));
    const openedIn = ({ nodes }: ForecastResult) => nodes.find(({ node }) => node === 'opened')?.left['yes'];
    report.expect('another seed gives another', openedIn(other) !== openedIn(first), true);
    expectShare('opened the first message', first, 'opened', 'yes', 0.3);
  } finally {
    await app.close();
  }
}

/** A result but for how long it took. */
function digest(result: ForecastResult): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...result, tookMs: 0 }))
    .digest('base64url')
    .slice(0, 12);
}

/** Within three standard errors of what was asked for. */
function expectShare(what: string, { nodes }: ForecastResult, node: string, port: string, share: number): void {
  const found = nodes.find((one) => one.node === node);
  const all = found?.entered ?? 0;
  const counted = found?.left[port] ?? 0;
  const bound = 3 * Math.sqrt(share * (1 - share) * all);
  // A few do so only after the wait is over.
  report.note(`${what}, of ${all}`, counted);
  report.expect(
    `${what}: ${share * 100} % within ${Math.round(bound)}`,
    Math.abs(counted - share * all) <= bound + 0.002 * all,
    true,
  );
}

async function checkHillstrom({ csv, rows }: Hillstrom): Promise<void> {
  const app = await openMeasuredApp();
  try {
    await importCustomers(app, csv);
    const halfIs = (half: number): Condition => ({
      op: 'attribute',
      name: 'half',
      is: { operator: 'equals', value: half },
    });
    const graphFor = (half: number) => hillstromFlow({ by: 'attribute', audience: halfIs(half), delayMs: DELAY_MS });
    const { key } = await app.client.call(api.access.createWriteKey, { body: { name: 'shop' } });
    const outcomesOf = (half: number) =>
      rows.flatMap((row, index) => ((index + 1) % 2 === half ? outcomesOfRow(row, index) : []));

    const flowId = await draft(app, graphFor(1));
    await publish(app, flowId);
    await letHappen(app, flowId, 1, key, outcomesOf(1));

    const flow = await app.client.call(api.flows.getFlow, { params: { flowId } });
    await app.client.call(api.flows.saveDraft, {
      params: { flowId },
      body: { baseRevision: flow.revision, name: flow.name, graph: graphFor(0) },
    });
    const foreseen = await forecast(app, flowId, {
      ...SETTINGS,
      startAt: new Date().toISOString(),
      rates: [],
      days: 14,
    });
    await publish(app, flowId);
    await letHappen(app, flowId, 2, key, outcomesOf(0));
    const counts = await app.client.call(api.flows.counts, { params: { flowId }, query: { version: 2 } });
    const funnel = await app.client.call(api.flows.funnel, { params: { flowId }, query: { version: 2 } });

    for (const node of ['start', 'split', 'mail-mens', 'mail-womens', 'wait', 'engaged'])
      report.expect(`${node}: come there`, enteredIn(foreseen, node), counts.nodes[node]?.entered);
    report.expect('messages sent', foreseen.messages[0]?.sent, funnel.total.reached);
    const people = enteredIn(foreseen, 'start');
    compare(
      'engaged',
      foreseen.nodes.find(({ node }) => node === 'engaged')?.left['yes'] ?? 0,
      counts.nodes['engaged']?.left['yes'] ?? 0,
      people,
    );
    compare('mark: come there', enteredIn(foreseen, 'mark'), counts.nodes['mark']?.entered ?? 0, people);
    compare('clicked', foreseen.clicked, funnel.total.clicked, people);
    compare('converted', foreseen.converted, funnel.total.converted, people);
    report.note('foreseenValue', foreseen.valueMinor / 100);
    report.note('realValue', funnel.total.value);
  } finally {
    await app.close();
  }
}

function enteredIn({ nodes }: ForecastResult, node: string): number {
  return nodes.find((one) => one.node === node)?.entered ?? 0;
}

/**
 * Both sides are draws, and the shares themselves are read from samples of the first half: by arm at most 5,000 of a third
 * of the people. Four standard errors of the difference are allowed.
 */
function compare(what: string, foreseen: number, real: number, people: number): void {
  const share = real / people;
  const sampled = Math.min(5000, people / 3) * 3;
  const error = Math.sqrt(share * (1 - share) * (1 / people + 1 / people + 1 / sampled)) * people;
  report.note(what, {
    foreseen,
    real,
    off: `${((100 * (foreseen - real)) / real).toFixed(1)} %`,
    bound: Math.round(4 * error),
  });
  report.expect(`${what}: within ${Math.round(4 * error)}`, Math.abs(foreseen - real) <= 4 * error, true);
}

async function draft({ client }: MeasuredApp, graph: Graph): Promise<string> {
  return (await client.call(api.flows.createFlow, { body: { name: 'Forecast', graph } })).id;
}

async function publish({ client }: MeasuredApp, flowId: string): Promise<void> {
  const { revision } = await client.call(api.flows.getFlow, { params: { flowId } });
  await client.call(api.flows.publishFlow, { params: { flowId }, body: { baseRevision: revision, note: '' } });
}

async function forecast({ client }: MeasuredApp, flowId: string, settings: ForecastSettings): Promise<ForecastResult> {
  const { id: forecastId } = await client.call(api.forecasts.startForecast, { params: { flowId }, body: { settings } });
  const done = await until('the forecast is made', async (): Promise<Forecast | false> => {
    const one = await client.call(api.forecasts.getForecast, { params: { flowId, forecastId } });
    return one.status !== 'running' && one;
  });
  if (!done.result) throw new Error(`The forecast ended as ${done.status}: ${done.problem?.['en-US']}`);
  return done.result;
}

/** Takes a half through the flow in real time, and lets happen to it what happened. */
async function letHappen(
  app: MeasuredApp,
  flowId: string,
  version: number,
  key: string,
  happened: object[],
): Promise<void> {
  const { client } = app;
  const read = () => client.call(api.flows.counts, { params: { flowId }, query: { version } });
  await until('all are taken in', async () => (await read()).enrolment.status === 'done' && (await read()).runs > 0);
  for (let from = 0; from < happened.length; from += 500)
    await sendBatch(app.apps[0]?.url ?? '', key, happened.slice(from, from + 500));
  await until('all have passed', async () => {
    const { runs, ended } = await read();
    return runs > 0 && runs === ended;
  });
}

async function importCustomers({ client }: MeasuredApp, csv: Buffer<ArrayBuffer>): Promise<void> {
  const uploaded = await client.upload(api.data.uploadImport, 'hillstrom.csv', csv);
  const columns = (uploaded.preview?.columns ?? []).map(({ name, type }) => ({ column: name, attribute: name, type }));
  const params = { importId: uploaded.id };
  await client.call(api.data.startImport, {
    params,
    body: {
      identity: { kind: 'row-number', prefix: 'user-' },
      columns,
      computed: [
        { attribute: 'email', liquid: 'user-{{row}}@example.test', type: 'string' },
        { attribute: 'half', liquid: '{{ row | modulo: 2 }}', type: 'number' },
      ],
    },
  });
  await until('the import is done', async () => (await client.call(api.data.getImport, { params })).status === 'done');
}

/** Everything stored but forecasts and the clock work, as one hash for each collection. */
async function fingerprint({ database }: MeasuredApp): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name } of await database.listCollections().toArray()) {
    if (name === 'forecasts' || name === 'agendaJobs') continue;
    const hash = createHash('sha256');
    let count = 0;
    for await (const record of database.collection(name).find().sort({ _id: 1 })) {
      hash.update(JSON.stringify(record));
      count += 1;
    }
    found[name] = `${count} ${hash.digest('base64url').slice(0, 12)}`;
  }
  return found;
}

/** How long answers to somebody else took since the call, in milliseconds. */
function watchAnswers({ client }: MeasuredApp): () => { median: number; slowest: number } {
  const took: number[] = [];
  const over = new AbortController();
  void (async () => {
    while (!over.signal.aborted) {
      const startedAt = performance.now();
      await client.call(api.flows.listFlows, {}).catch(() => undefined);
      took.push(Math.round(performance.now() - startedAt));
      await sleep(100);
    }
  })();
  return () => {
    over.abort();
    const sorted = took.toSorted((a, b) => a - b);
    return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, slowest: sorted.at(-1) ?? 0 };
  };
}

/** The floor: what it takes to do no more than read the same profiles, in the same pages, from here. */
async function secondsToRead({ database }: MeasuredApp): Promise<number> {
  const startedAt = performance.now();
  let afterId = '';
  for (;;) {
    const page = await database
      .collection<{ _id: string }>('profiles')
      .find({ _id: { $gt: afterId } })
      .project<{ _id: string }>({ 'attributes.history': 1, 'attributes.email': 1 })
      .sort({ _id: 1 })
      .limit(1000)
      .toArray();
    const last = page.at(-1);
    if (!last) return Math.round(performance.now() - startedAt) / 1000;
    afterId = last._id;
  }
}

async function until<T>(what: string, ask: () => Promise<T | false>, limitMs = 900_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs / 1000} s: ${what}`);
    await sleep(250);
  }
}
