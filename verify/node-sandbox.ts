/** Node templates that mean no good: what becomes of each, and how others are served meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sendAll } from '@sluice/bench/event-load';
import { openMeasuredApp, publishFlow, waitForCounts } from '@sluice/bench/measured-app';
import { quantile } from '@sluice/bench/quantile';
import { graphOf } from '@sluice/e2e/graph-of';
import { api } from '@sluice/shared/http-api';
import type { Capabilities, TemplateManifest } from '@sluice/shared/node-template';
import type { Document } from 'mongodb';
import { type HostileHandler, hostileHandlers } from './fixture/hostile-handlers.ts';
import { Report } from './fixture/report.ts';

const RUNS = Number(process.env['RUNS'] ?? 5000);
/** People whom each hostile handler meets; of those that take the hard limit each time, a few. */
const VICTIMS = Number(process.env['VICTIMS'] ?? 40);
const SLOW_VICTIMS = 3;
/** Behind twenty in a row the rest of a batch is not tried any more (CODE-7). */
const SKIPPED = /used up its limits for everyone before/;
/**
 * The share of their rate that others must keep. Nodes of the product wait for nobody; good templates take turns with what is
 * to be stopped, on as few as one thread, and go on.
 */
const LEAST_SHARE = { builtIn: 0.5, template: 0.05 };
/** Nobody who asks the server waits longer, whatever runs in the sandbox. */
const SLOWEST_ANSWER_MS = 2000;

const report = new Report();
const app = await openMeasuredApp();
const { client, database } = app;
try {
  const at = new Date();
  await database.collection<Document>('profiles').insertMany(
    Array.from({ length: VICTIMS }, (_, victim) => ({
      _id: `victim-${victim}`,
      userId: `victim-${victim}`,
      attributes: { victim },
      createdAt: at,
      updatedAt: at,
    })) as Document[],
  );
  const good = await install(
    'good',
    `return { kind: 'advance', port: 'next', reason: { key: 'saw', values: { saw: step.chance < 2 } } };`,
  );
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'node-sandbox' } });
  const others = {
    builtIn: await publishFlow(
      app,
      'Built-in nodes',
      onEvent('Built In', 'tag', { action: 'add', tags: ['met'], attribute: 'tags' }),
    ),
    template: await publishFlow(app, 'A good template', onEvent('Template', good, {})),
  };
  const met = { builtIn: 0, template: 0 };
  /** From the first event to the end of the last run that it starts. */
  const rateOf = async (what: keyof typeof others, event: string) => {
    const from = performance.now();
    const start = met[what];
    met[what] += RUNS;
    const events = Array.from({ length: RUNS }, (_, index) => ({
      type: 'track',
      userId: `other-${index}`,
      event,
      messageId: `${event}-${start + index}`,
    }));
    await sendAll(app, key, events, { batch: 500, callsAtOnce: 2 });
    await waitForCounts(app, others[what], ({ ended }) => ended === met[what]);
    return Math.round(RUNS / ((performance.now() - from) / 1000));
  };
  const ratesOf = async (when: string) => {
    console.log(`  ${when}`);
    return { builtIn: await rateOf('builtIn', 'Built In'), template: await rateOf('template', 'Template') };
  };

  // The first run of each warms up what is compiled once, and makes the people.
  await ratesOf('warming up');
  const before = await ratesOf('before');

  const hostile = hostileHandlers('127.0.0.1:9');
  const kinds = new Map<string, string>();
  for (const one of hostile) kinds.set(one.name, await install(one.name, one.body, one));
  const flows = await Promise.all(
    hostile.map(async (one) => ({
      one,
      flowId: await publishFlow(app, one.name, flowOf(one, kinds.get(one.name) ?? '')),
    })),
  );
  let isOver = false;
  const answers = watchAnswers(() => isOver);
  const during = await ratesOf('during');
  const open = await countOpen();
  for (const { one, flowId } of flows)
    await waitForCounts(app, flowId, ({ ended, failed }) => ended + failed === victimsOf(one), 5 * 60_000);
  isOver = true;
  const tookMs = (await answers).toSorted((a, b) => a - b);

  for (const { one, flowId } of flows)
    report.expect(`${one.name}: ${wordsOf(one)}`, await outcomesOf(one, flowId), victimsOf(one));
  const calls = await database.collection<Document>('calls').find().project({ origin: 1, status: 1 }).toArray();
  report.expect(
    'calls to hosts that were not granted',
    calls.filter(({ origin }) => /example/.test(String(origin))).length,
    0,
  );
  report.expect('calls that left', calls.filter(({ status }) => status === 'done').length, 0);
  const rich = await database.collection<Document>('profiles').countDocuments({ 'attributes.history': 1e9 });
  report.expect('attributes written without a grant', rich, 0);
  report.note('hostileRunsStillOpenBehindTheMeasurement', open);
  report.note('runsPerSecondBefore', before);
  report.note('runsPerSecondDuring', during);
  const shares = { builtIn: during.builtIn / before.builtIn, template: during.template / before.template };
  report.note('shareKept', { builtIn: round(shares.builtIn), template: round(shares.template) });
  for (const what of ['builtIn', 'template'] as const)
    report.expect(
      `${what} runs keep ${LEAST_SHARE[what] * 100} % of their rate`,
      shares[what] >= LEAST_SHARE[what],
      true,
    );
  report.note('answersDuring', tookMs.length);
  report.note('answerMs', {
    p50: round(quantile(tookMs, 0.5)),
    p99: round(quantile(tookMs, 0.99)),
    most: round(tookMs.at(-1) ?? 0),
  });
  report.expect(`no answer took ${SLOWEST_ANSWER_MS} ms`, (tookMs.at(-1) ?? 0) < SLOWEST_ANSWER_MS, true);
  const after = await ratesOf('after');
  report.note('runsPerSecondAfter', after);
  report.expect('the sandbox is whole again behind it', after.template >= before.template * 0.5, true);

  async function countOpen(): Promise<number> {
    return database
      .collection<Document>('runs')
      .countDocuments({ flowId: { $in: flows.map(({ flowId }) => flowId) }, status: { $in: ['waiting', 'running'] } });
  }
} finally {
  await app.close();
}
report.end('node-sandbox');

function onEvent(event: string, kind: string, params: object) {
  const everyone = { op: 'all', of: [] };
  return graphOf(
    [
      ['start', 'event-trigger', { event, where: [], audience: everyone, reentry: 'unlimited' }],
      ['step', kind, params],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>step', 'step:next>end'],
  );
}

function victimsOf({ isSlow }: HostileHandler): number {
  return isSlow ? SLOW_VICTIMS : VICTIMS;
}

function wordsOf({ outcome }: HostileHandler): string {
  if ('notes' in outcome) return `goes on, having seen "${outcome.notes}"`;
  return outcome.fails === '' ? 'stops as failed' : `stops as failed: "… ${outcome.fails} …"`;
}

function flowOf(one: HostileHandler, kind: string) {
  const audience = { op: 'attribute', name: 'victim', is: { operator: 'lessThan', value: victimsOf(one) } };
  return graphOf(
    [
      ['start', 'schedule', { when: 'now', audience }],
      ['step', kind, {}],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>step', 'step:next>end'],
  );
}

/** Publishes a template with this `enter`, grants what it asks for, and answers with its kind. */
async function install(
  name: string,
  body: string,
  { asks = {}, canWait = false }: Partial<HostileHandler> = {},
): Promise<string> {
  const texts = {
    title: name,
    description: name,
    card: name,
    ports: { next: 'Next' },
    params: {},
    reasons: { saw: '{{saw}}' },
  };
  const manifest: TemplateManifest = {
    name,
    version: '1.0.0',
    category: 'action',
    icon: 'code',
    params: { type: 'object', properties: {} },
    defaults: {},
    ports: [{ id: 'next' }],
    canWait,
    capabilities: asks satisfies Capabilities,
    texts: { 'zh-CN': texts, 'en-US': texts },
  };
  const source = `var sluiceTemplate = { default: {
    enter(step) { ${body} },
    resume(step, signal) { return { kind: 'advance', port: 'next', reason: { key: 'saw', values: { saw: String(signal.code) } } }; },
  } };`;
  await client.call(api.nodeTemplates.submitTemplate, { body: { manifest, source, cases: [] } });
  const params = { name, version: '1.0.0' };
  await client.call(api.nodeTemplates.reviewTemplate, { params, body: { decision: 'grant', grant: asks } });
  return `${name}@1.0.0`;
}

/** How many runs of a hostile flow came to the outcome that is stated for it. */
async function outcomesOf({ outcome }: HostileHandler, flowId: string): Promise<number> {
  const runs = await database
    .collection<Document>('runs')
    .find({ flowId })
    .project({ failure: 1, path: 1, status: 1 })
    .toArray();
  return runs.filter(({ failure, path, status }) => {
    if ('fails' in outcome)
      return (
        status === 'failed' &&
        (String(failure?.message).includes(outcome.fails) || SKIPPED.test(String(failure?.message)))
      );
    const step = (path as Document[]).find(({ node }) => node === 'step');
    return status === 'ended' && step?.['reason']?.values?.saw === outcome.notes;
  }).length;
}

/** Asks the server again and again, as somebody at work would; how long each answer took. */
async function watchAnswers(isOver: () => boolean): Promise<number[]> {
  const tookMs: number[] = [];
  while (!isOver()) {
    const from = performance.now();
    await client.call(api.nodeTemplates.listInstalled, {});
    tookMs.push(performance.now() - from);
    await sleep(50);
  }
  return tookMs;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
