/** What a process costs while a million runs wait: CPU and commands per minute, beside the same process while none do. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { countCommands } from './fixture/count-statements.ts';
import { insertCopies } from './fixture/insert-copies.ts';
import { insertCustomers, openMeasuredApp, publishFlow, waitForCounts } from './fixture/measured-app.ts';
import { waitingFor } from './fixture/event-flows.ts';
import { cpuSeconds } from './fixture/cpu-seconds.ts';

const WAITING = Number(process.env['WAITING'] ?? 1_000_000);
const SECONDS = Number(process.env['SECONDS'] ?? 120);
/** Runs that the engine itself enrols; the million are copies of these. */
const ENROLLED = 1000;
/** Reads must not grow with what waits; the sweeps of a minute fall on either side of the clock. */
const MAX_READS_RATIO = 1.2;
const MINUTE_S = 60;

const app = await openMeasuredApp();
const storePid = Number((await app.database.admin().serverStatus())['pid']);
let without: Idle;
let withAll: Idle;
try {
  await insertCustomers(app, ENROLLED);
  without = await watch();
  const flowId = await publishFlow(app, 'Waiting', waitingFor('Awaited'));
  await waitForCounts(app, flowId, ({ waiting }) => waiting === ENROLLED);
  await insertCopies(app.database.collection<Document>('runs'), { flowId }, WAITING / ENROLLED - 1);
  const waiting = await app.database.collection<Document>('runs').countDocuments({ flowId, status: 'waiting' });
  if (waiting !== WAITING) throw new Error(`${waiting} runs wait instead of ${WAITING}`);
  withAll = await watch();
} finally {
  await app.close();
}
const readsRatio = withAll.readsPerMinute / without.readsPerMinute;
const passed = readsRatio <= MAX_READS_RATIO;
console.log(
  JSON.stringify({
    name: 'idle',
    passed,
    waiting: WAITING,
    seconds: SECONDS,
    without,
    with: withAll,
    readsRatio,
    maxReadsRatio: MAX_READS_RATIO,
  }),
);
process.exitCode = passed ? 0 : 1;

interface Idle {
  /** Of one core. */
  runtimeCpuPercent: number;
  storeCpuPercent: number;
  readsPerMinute: number;
  writesPerMinute: number;
}

/** Watches the processes while nobody does anything, once what went before has come to rest. */
async function watch(): Promise<Idle> {
  await sleep(20_000);
  const runtimePid = app.apps[0]?.pid ?? 0;
  const before = {
    commands: await countCommands(app.database),
    runtime: cpuSeconds(runtimePid),
    store: cpuSeconds(storePid),
  };
  await sleep(SECONDS * 1000);
  const after = {
    commands: await countCommands(app.database),
    runtime: cpuSeconds(runtimePid),
    store: cpuSeconds(storePid),
  };
  const perMinute = (names: readonly string[]) =>
    Math.round(
      (names.reduce((sum, name) => sum + (after.commands[name] ?? 0) - (before.commands[name] ?? 0), 0) / SECONDS) *
        MINUTE_S,
    );
  const idle = {
    runtimeCpuPercent: round(((after.runtime - before.runtime) / SECONDS) * 100),
    storeCpuPercent: round(((after.store - before.store) / SECONDS) * 100),
    readsPerMinute: perMinute(['find', 'aggregate', 'count', 'distinct', 'getMore']),
    writesPerMinute: perMinute(['insert', 'update', 'delete', 'findAndModify']),
  };
  console.log(JSON.stringify(idle));
  return idle;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
