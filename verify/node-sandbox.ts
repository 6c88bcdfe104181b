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
 * The share of their rate that others must keep while hostile templates are met without a pause, however runs are started.
 * Nodes of the product wait for nobody; good templates pass before what used up its limits.
 */
const LEAST_SHARE = { builtInByEvent: 0.5, builtInBySchedule: 0.5, templateByEvent: 0.4, templateBySchedule: 0.4 };
type Measured = keyof typeof LEAST_SHARE;
/** So often, and to so many people, each template that only uses up its limits is shown again while others are measured. */
const PRESSURE = { everyMs: 250, people: 5 };
/** Nobody who asks the server waits longer, whatever runs in the sandbox. */
const SLOWEST_ANSWER_MS = 2000;

const EVERYONE = { op: 'all', of: [] };
const TAG = ['tag', { action: 'add', tags: ['met'], attribute: 'tags' }] as const;

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
  const byEvent = {
    builtIn: await publishFlow(app, 'Built-in nodes', onEvent('Built In', ...TAG)),
    template: await publishFlow(app, 'A good template', onEvent('Template', good, {})),
  };
  const met = { builtIn: 0, template: 0 };
  const perSecond = (runs: number, from: number) => Math.round(runs / ((performance.now() - from) / 1000));
  /** From the first event to the end of the last run that it starts. */
  const rateByEvent = async (what: keyof typeof met, event: string) => {
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
    await waitForCounts(app, byEvent[what], ({ ended }) => ended === met[what]);
    return perSecond(RUNS, from);
  };
  /** From the publishing of a flow that starts at once to the end of its last run. */
  const rateBySchedule = async (kind: string, params: object) => {
    const people = await database.collection('profiles').countDocuments();
    const from = performance.now();
    const flowId = await publishFlow(app, `${kind} at once`, atOnce(kind, params));
    await waitForCounts(app, flowId, ({ ended }) => ended >= people);
    return perSecond(people, from);
  };
  const ratesOf = async (when: string): Promise<Record<Measured, number>> => {
    console.log(`  ${when}`);
    return {
      builtInByEvent: await rateByEvent('builtIn', 'Built In'),
      builtInBySchedule: await rateBySchedule(...TAG),
      templateByEvent: await rateByEvent('template', 'Template'),
      templateBySchedule: await rateBySchedule(good, {}),
    };
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
  const pressed = hostile.filter(({ usesUpLimits }) => usesUpLimits);
  for (const one of pressed)
    await publishFlow(app, `${one.name} again`, onEvent(`Meet ${one.name}`, kinds.get(one.name) ?? '', {}));
  const pressure = press(() => isOver);
  const during = await ratesOf('during');
  for (const { one, flowId } of flows)
    await waitForCounts(app, flowId, ({ ended, failed }) => ended + failed === victimsOf(one), 5 * 60_000);
  isOver = true;
  const shown = await pressure;
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
  report.note('hostileRunsStartedMeanwhile', shown);
  report.note('runsPerSecondBefore', before);
  report.note('runsPerSecondDuring', during);
  const measured = Object.keys(LEAST_SHARE) as Measured[];
  const shareOf = (what: Measured) => during[what] / before[what];
  report.note('shareKept', Object.fromEntries(measured.map((what) => [what, round(shareOf(what))])));
  for (const what of measured)
    report.expect(
      `${what}: runs keep ${LEAST_SHARE[what] * 100} % of their rate`,
      shareOf(what) >= LEAST_SHARE[what],
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
  report.expect('the sandbox is whole again behind it', after.templateByEvent >= before.templateByEvent * 0.5, true);

  /** Shows people to the templates that use up their limits, again and again; answers how many. */
  async function press(isEnough: () => boolean): Promise<number> {
    let shown = 0;
    while (!isEnough()) {
      const events = pressed.flatMap(({ name, isSlow }) =>
        Array.from({ length: isSlow ? 1 : PRESSURE.people }, (_, person) => ({
          type: 'track',
          userId: `victim-${(shown + person) % VICTIMS}`,
          event: `Meet ${name}`,
          messageId: `${name}-${shown}-${person}`,
        })),
      );
      await sendAll(app, key, events, { batch: 500, callsAtOnce: 1 });
      shown += events.length;
      await sleep(PRESSURE.everyMs);
    }
    return shown;
  }
} finally {
  await app.close();
}
report.end('node-sandbox');

function onEvent(event: string, kind: string, params: object) {
  return inOneStep('event-trigger', { event, where: [], audience: EVERYONE, reentry: 'unlimited' }, kind, params);
}

function atOnce(kind: string, params: object, audience: object = EVERYONE) {
  return inOneStep('schedule', { when: 'now', audience }, kind, params);
}

function inOneStep(trigger: string, when: object, kind: string, params: object) {
  return graphOf(
    [
      ['start', trigger, when],
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
  return atOnce(kind, {}, audience);
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
