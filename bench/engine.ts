/**
 * Runs per second through filter, split, update, webhook and exit, against insertMany of the very documents they leave and
 * against a job per user and step on raw Agenda. A run adds two documents, itself and its call: they are the floor. It
 * writes a third, its profile as changed; the ratio to all three is given as well.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { countStatements } from './fixture/count-statements.ts';
import { engineFlow } from './fixture/engine-flow.ts';
import { openHttpSink } from './fixture/http-sink.ts';
import { insertFloor } from './fixture/insert-floor.ts';
import { insertCustomers, openMeasuredApp, publishFlow, waitForCounts } from './fixture/measured-app.ts';
import { median } from './fixture/median.ts';
import { secondsOfNaiveAgenda } from './fixture/naive-agenda.ts';

const PROFILES = Number(process.env['PROFILES'] ?? 100_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
/** The naive executor is so slow that a sample must do. */
const NAIVE_USERS = Number(process.env['NAIVE_USERS'] ?? 300);
const STEPS = 5;
const TARGET_FLOOR_RATIO = 3;
const TARGET_NAIVE_RATIO = 20;

const sink = await openHttpSink();
const app = await openMeasuredApp({ HTTP_ALLOW_PRIVATE: 'yes' });
const rounds: {
  runsSeconds: number;
  allSeconds: number;
  floorSeconds: number;
  writtenFloorSeconds: number;
  statements: number;
}[] = [];
let naiveSeconds = 0;
try {
  await insertCustomers(app, PROFILES);
  for (let round = 0; round < ROUNDS; round++) {
    const before = { received: sink.received(), statements: await countStatements(app.database) };
    const startedAt = Date.now();
    const flowId = await publishFlow(app, 'Engine', engineFlow({ url: sink.url }));
    await waitForCounts(app, flowId, ({ ended }) => ended === PROFILES);
    const runsSeconds = (Date.now() - startedAt) / 1000;
    while (sink.received() - before.received < PROFILES) await sleep(100);
    const open = { flowId, status: { $in: ['planned', 'sending'] } };
    while ((await app.database.collection<Document>('calls').countDocuments(open)) > 0) await sleep(100);
    const allSeconds = (Date.now() - startedAt) / 1000;
    const after = await countStatements(app.database);
    const added = [
      { collection: 'runs', filter: { flowId } },
      { collection: 'calls', filter: { flowId } },
    ];
    const floor = await insertFloor(app.mongo, added);
    const writtenFloor = await insertFloor(app.mongo, [...added, { collection: 'profiles', filter: {} }]);
    const statements = (after - before.statements) / PROFILES;
    rounds.push({
      runsSeconds,
      allSeconds,
      floorSeconds: floor.seconds,
      writtenFloorSeconds: writtenFloor.seconds,
      statements,
    });
    console.log(
      `round ${round + 1}: runs ended after ${runsSeconds.toFixed(1)} s, calls done after ${allSeconds.toFixed(1)} s, floor ${floor.seconds.toFixed(1)} s (${writtenFloor.seconds.toFixed(1)} s with profiles), ${statements.toFixed(3)} statements per run`,
    );
  }
  naiveSeconds = await secondsOfNaiveAgenda(app.mongo, {
    users: NAIVE_USERS,
    steps: STEPS,
    async call(user) {
      await fetch(sink.url, { method: 'POST', body: JSON.stringify({ user }) });
    },
  });
} finally {
  await app.close();
  await sink.close();
}

const runsPerSecond = PROFILES / median(rounds.map(({ runsSeconds }) => runsSeconds));
const throughPerSecond = PROFILES / median(rounds.map(({ allSeconds }) => allSeconds));
const floorRatio = median(rounds.map(({ allSeconds, floorSeconds }) => allSeconds / floorSeconds));
const naivePerSecond = NAIVE_USERS / naiveSeconds;
const passed = floorRatio <= TARGET_FLOOR_RATIO && throughPerSecond / naivePerSecond >= TARGET_NAIVE_RATIO;
console.log(
  JSON.stringify({
    name: 'engine',
    passed,
    profiles: PROFILES,
    runsEndedPerSecond: Math.round(runsPerSecond),
    throughPerSecond: Math.round(throughPerSecond),
    floorRatio,
    runsFloorRatio: median(rounds.map(({ runsSeconds, floorSeconds }) => runsSeconds / floorSeconds)),
    writtenFloorRatio: median(rounds.map(({ allSeconds, writtenFloorSeconds }) => allSeconds / writtenFloorSeconds)),
    targetFloorRatio: TARGET_FLOOR_RATIO,
    naivePerSecond,
    timesNaive: throughPerSecond / naivePerSecond,
    targetTimesNaive: TARGET_NAIVE_RATIO,
    statementsPerRun: median(rounds.map(({ statements }) => statements)),
  }),
);
// Agenda leaves the timers of its locks behind, which would keep the process for minutes.
process.exit(passed ? 0 : 1);
