/** 100,000 runs that wait for one instant: how fast they are drained, against the same flow (that of `engine`) without the wait, and how late each is. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { engineFlow } from './fixture/engine-flow.ts';
import { openHttpSink } from './fixture/http-sink.ts';
import {
  insertCustomers,
  openMeasuredApp,
  publishFlow,
  secondsToEnrol,
  waitForCounts,
} from './fixture/measured-app.ts';
import { median } from './fixture/median.ts';
import { quantile } from './fixture/quantile.ts';

const RUNS = Number(process.env['RUNS'] ?? 100_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
/** At least this share of the rate at which the engine enrols and walks without a wait. */
const TARGET_SHARE = 0.5;
const MINUTE_MS = 60_000;

const sink = await openHttpSink();
const { url } = sink;
const app = await openMeasuredApp({ HTTP_ALLOW_PRIVATE: 'yes' });
const rounds: { engineSeconds: number; drainSeconds: number; p50Ms: number; p99Ms: number }[] = [];
try {
  await insertCustomers(app, RUNS);
  for (let round = 0; round < ROUNDS; round++) {
    const straight = await publishFlow(app, 'Straight', engineFlow({ url }));
    await waitForCounts(app, straight, ({ ended, enrolment }) => ended === RUNS && enrolment.status === 'done');
    const engineSeconds = await secondsToEnrol(app, straight);

    // Late enough for everybody to be waiting by then, at the full minute that the node can name.
    const dueAt = Math.ceil((Date.now() + engineSeconds * 2000 + MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
    const due = new Date(dueAt).toISOString();
    const flowId = await publishFlow(
      app,
      'Until',
      engineFlow({ url, until: { date: due.slice(0, 10), at: due.slice(11, 16) } }),
    );
    await waitForCounts(app, flowId, ({ waiting }) => waiting === RUNS);
    if (Date.now() > dueAt - 1000)
      throw new Error('Enrolling took longer than the wait: the figure would mean nothing');
    await sleep(dueAt - Date.now());
    await waitForCounts(app, flowId, ({ ended }) => ended === RUNS);
    const drainSeconds = (Date.now() - dueAt) / 1000;
    const lateness = (await lefts(flowId)).map((at) => at - dueAt);
    const figures = { engineSeconds, drainSeconds, p50Ms: quantile(lateness, 0.5), p99Ms: quantile(lateness, 0.99) };
    rounds.push(figures);
    console.log(
      `round ${round + 1}: without a wait ${engineSeconds.toFixed(1)} s; ${RUNS} wake-ups in ${drainSeconds.toFixed(1)} s, p50 ${figures.p50Ms} ms, p99 ${figures.p99Ms} ms late`,
    );
  }
} finally {
  await app.close();
  await sink.close();
}

const share = median(rounds.map(({ engineSeconds, drainSeconds }) => engineSeconds / drainSeconds));
const drainSeconds = median(rounds.map((round) => round.drainSeconds));
const passed = share >= TARGET_SHARE;
console.log(
  JSON.stringify({
    name: 'wakeups',
    passed,
    runs: RUNS,
    wakeupsPerSecond: Math.round(RUNS / drainSeconds),
    engineRunsPerSecond: Math.round(RUNS / median(rounds.map((round) => round.engineSeconds))),
    shareOfEngine: share,
    targetShare: TARGET_SHARE,
    p50LateMs: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99LateMs: median(rounds.map(({ p99Ms }) => p99Ms)),
  }),
);
process.exitCode = passed ? 0 : 1;

/** When the batch of each run was taken up, in order. */
async function lefts(flowId: string): Promise<number[]> {
  const found = await app.database
    .collection<Document>('runs')
    .aggregate<{ at: number }>([
      { $match: { flowId } },
      { $unwind: '$path' },
      { $match: { 'path.node': 'wait' } },
      { $project: { _id: 0, at: '$path.leftAt' } },
    ])
    .toArray();
  return found.map(({ at }) => at).sort((a, b) => a - b);
}
