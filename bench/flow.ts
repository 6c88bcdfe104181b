/** Runs per second through the campaign without waits, 64,000 profiles on the embedded store, against insertMany of the very documents it leaves. */
import { hillstromFlow } from '@sluice/e2e/hillstrom-flow';
import type { Document } from 'mongodb';
import { insertFloor } from './fixture/insert-floor.ts';
import {
  insertCustomers,
  openMeasuredApp,
  publishFlow,
  secondsToEnrol,
  waitForCounts,
} from './fixture/measured-app.ts';
import { median } from './fixture/median.ts';

const PROFILES = Number(process.env['PROFILES'] ?? 64_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const TARGET_RATIO = 3;

const app = await openMeasuredApp();
const flowSeconds: number[] = [];
const floorSeconds: number[] = [];
let documents = 0;
try {
  await insertCustomers(app, PROFILES);
  for (let round = 0; round < ROUNDS; round++) {
    const graph = hillstromFlow({
      by: 'hash',
      audience: { op: 'attribute', name: 'history', is: { operator: 'exists' } },
    });
    const flowId = await publishFlow(app, 'Bench', graph);
    await waitForCounts(app, flowId, ({ enrolment, ended }) => enrolment.status === 'done' && ended === PROFILES);
    flowSeconds.push(await secondsToEnrol(app, flowId));
    const sent = await app.database
      .collection<Document & { _id: string }>('deliveries')
      .find({ flowId })
      .project({ _id: 1 })
      .toArray();
    const floor = await insertFloor(app.mongo, [
      { collection: 'runs', filter: { flowId } },
      { collection: 'deliveries', filter: { flowId } },
      { collection: 'outboxMessages', filter: { _id: { $in: sent.map(({ _id }) => _id) } } },
    ]);
    floorSeconds.push(floor.seconds);
    ({ documents } = floor);
    console.log(
      `round ${round + 1}: flow ${flowSeconds.at(-1)?.toFixed(2)} s, floor ${floor.seconds.toFixed(2)} s for ${documents} documents`,
    );
  }
} finally {
  await app.close();
}

const flow = median(flowSeconds);
const ratio = median(flowSeconds.map((seconds, round) => seconds / (floorSeconds[round] as number)));
const passed = ratio <= TARGET_RATIO;
console.log(`${Math.round(PROFILES / flow)} runs/s; ${ratio.toFixed(2)} times the floor, at most ${TARGET_RATIO}`);
console.log(
  JSON.stringify({
    name: 'flow',
    passed,
    profiles: PROFILES,
    rounds: ROUNDS,
    runsPerSecond: Math.round(PROFILES / flow),
    flowSeconds: flow,
    floorSeconds: median(floorSeconds),
    documents,
    ratio,
    targetRatio: TARGET_RATIO,
  }),
);
process.exitCode = passed ? 0 : 1;
