/** 20,000 people wait for one instant: everyone goes on exactly once, and how late. */
import { setTimeout as sleep } from 'node:timers/promises';
import { engineFlow } from '@sluice/bench/engine-flow';
import { insertCustomers, openMeasuredApp, publishFlow, waitForCounts } from '@sluice/bench/measured-app';
import { quantile } from '@sluice/bench/quantile';
import type { Document } from 'mongodb';
import { Report } from './fixture/report.ts';

const RUNS = Number(process.env['RUNS'] ?? 20_000);
/** Time for everybody to have come to the wait. */
const LEAD_MS = Number(process.env['LEAD_MS'] ?? 120_000);
/** Later than this is a fault on any machine: the sweep alone would have found them. */
const LATEST_MS = 60_000;
const MINUTE_MS = 60_000;

const report = new Report();
const app = await openMeasuredApp();
try {
  await insertCustomers(app, RUNS);
  const dueAt = Math.ceil((Date.now() + LEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const due = new Date(dueAt).toISOString();
  const flowId = await publishFlow(
    app,
    'Until',
    engineFlow({ until: { date: due.slice(0, 10), at: due.slice(11, 16) } }),
  );
  await waitForCounts(app, flowId, ({ waiting }) => waiting === RUNS);
  report.expect('everyone waits before the instant', Date.now() < dueAt, true);
  await sleep(Math.max(0, dueAt - Date.now()));
  await waitForCounts(app, flowId, ({ ended }) => ended === RUNS);
  report.note('drainedAfterMs', Date.now() - dueAt);
  const runs = await app.database
    .collection<Document>('runs')
    .find({ flowId })
    .project({ path: 1, status: 1, endedAt: 1 })
    .toArray();
  const late = runs.map((run) => run['endedAt'].getTime() - dueAt).sort((a, b) => a - b);
  report.expect('runs that ended', runs.filter(({ status }) => status === 'ended').length, RUNS);
  const passes = runs.map(({ path }) => path.filter((step: { node: string }) => step.node === 'update').length);
  report.expect(
    'runs that passed the step behind the wait exactly once',
    passes.filter((count) => count === 1).length,
    RUNS,
  );
  report.expect('runs that went on early', late.filter((ms) => ms < 0).length, 0);
  report.expect('runs later than a minute', late.filter((ms) => ms > LATEST_MS).length, 0);
  report.note('p50LateMs', quantile(late, 0.5));
  report.note('p99LateMs', quantile(late, 0.99));
} finally {
  await app.close();
}
report.end('engine-lateness');
