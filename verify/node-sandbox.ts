/** Node templates that mean no good: what becomes of each, and how others are served meanwhile. */
import type { MeasuredApp } from '@sluice/bench/measured-app';
import type { Document } from 'mongodb';
import { type HostileHandler, hostileHandlers } from './fixture/hostile-handlers.ts';
import { Report } from './fixture/report.ts';
import { type Rates, serveBeside, victimsOf } from './fixture/template-load.ts';

/** Behind twenty in a row the rest of a batch is not tried any more (CODE-7). */
const SKIPPED = /used up its limits for everyone before/;
/**
 * The share of their rate that others must keep while hostile templates are met without a pause, however runs are started:
 * of the rate beside just as many runs of harmless templates, since events and runs take their time whatever the code does.
 * Nodes of the product wait for nobody; good templates pass before what used up its limits.
 */
const LEAST_SHARE: Rates = {
  builtInByEvent: 0.5,
  builtInBySchedule: 0.5,
  templateByEvent: 0.4,
  templateBySchedule: 0.4,
};
/** Nobody who asks the server waits longer, whatever runs in the sandbox. */
const SLOWEST_ANSWER_MS = 2000;
const HARMLESS = "return { kind: 'advance', port: 'next', reason: { key: 'saw', values: { saw: '' } } };";

const report = new Report();
const hostile = hostileHandlers('127.0.0.1:9');
const harmless = hostile.map((one) => ({ ...one, body: HARMLESS }));
const control = await serveBeside(harmless, async () => {});
const served = await serveBeside(hostile, judgeOutcomes);

report.note('besideHarmless', control);
report.note('besideHostile', served);
const measured = Object.keys(LEAST_SHARE) as (keyof Rates)[];
const shareOf = (what: keyof Rates) => Math.round((served.beside[what] / control.beside[what]) * 100) / 100;
report.note('shareKept', Object.fromEntries(measured.map((what) => [what, shareOf(what)])));
for (const what of measured)
  report.expect(
    `${what}: runs keep ${LEAST_SHARE[what] * 100} % of their rate`,
    shareOf(what) >= LEAST_SHARE[what],
    true,
  );
report.expect(`no answer took ${SLOWEST_ANSWER_MS} ms`, served.answerMs.most < SLOWEST_ANSWER_MS, true);
report.expect(
  'the sandbox is whole again behind it',
  served.after.templateByEvent >= control.after.templateByEvent * 0.5,
  true,
);
report.end('node-sandbox');

async function judgeOutcomes({ database }: MeasuredApp, flowOf: (one: HostileHandler) => string): Promise<void> {
  for (const one of hostile)
    report.expect(`${one.name}: ${wordsOf(one)}`, await outcomesOf(database, one, flowOf(one)), victimsOf(one));
  const calls = await database.collection<Document>('calls').find().project({ origin: 1, status: 1 }).toArray();
  report.expect(
    'calls to hosts that were not granted',
    calls.filter(({ origin }) => /example/.test(String(origin))).length,
    0,
  );
  report.expect('calls that left', calls.filter(({ status }) => status === 'done').length, 0);
  const rich = await database.collection<Document>('profiles').countDocuments({ 'attributes.history': 1e9 });
  report.expect('attributes written without a grant', rich, 0);
}

function wordsOf({ outcome }: HostileHandler): string {
  if ('notes' in outcome) return `goes on, having seen "${outcome.notes}"`;
  return outcome.fails === '' ? 'stops as failed' : `stops as failed: "… ${outcome.fails} …"`;
}

/** How many runs of a hostile flow came to the outcome that is stated for it. */
async function outcomesOf(
  database: MeasuredApp['database'],
  { outcome }: HostileHandler,
  flowId: string,
): Promise<number> {
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
