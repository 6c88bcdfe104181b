import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { BATCH_LEASE_MS } from '../executor/batch-record.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import {
  allRuns,
  COLLECTIONS,
  counted,
  createPlant,
  enrolAll,
  HOUR,
  JOB,
  OLD,
  type Plant,
  recountVersion,
} from './bulk-changes.fixture.ts';

let opened: TestDatabase;
let plant: Plant;
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  plant = await createPlant(opened.database, [OLD], 30);
  await enrolAll(plant);
});

const drainAll = async (executor = plant.executor) => {
  while ((await executor.drainDue(500)) > 0);
};
const parked = async () => (await allRuns(opened.database)).filter(({ isParked }) => isParked);
const resume = async (how: { kind: 'go-on' } | { kind: 'skip-overdue' } | { kind: 'spread'; overMs: number }) => {
  plant.paused.clear();
  await plant.changes.begin({ id: 'r', flowId: 'flow', upToVersion: 1, by: 'Lin', order: { kind: 'resume', how } });
  await plant.changes.work('r', JOB);
};
const expectCountsOfRecords = async () =>
  expect(await counted(opened.database, 1)).toEqual(recountVersion(await allRuns(opened.database), 1));

test('[RUN-9] runs that come due in a paused flow stay where they are, and do not come up again', async () => {
  const before = await allRuns(opened.database);
  plant.paused.add('flow');
  plant.clock.pass(HOUR);
  expect(await plant.executor.drainDue(500)).toBe(30);
  expect(await plant.executor.drainDue(500)).toBe(0);
  const after = await allRuns(opened.database);
  expect(after.map(({ path, positions, status }) => ({ path, positions, status }))).toEqual(
    before.map(({ path, positions, status }) => ({ path, positions, status })),
  );
  expect(await parked()).toHaveLength(30);
  await expectCountsOfRecords();
});

test('[RUN-9] pausing reads and writes no run: those that are not due keep their instant', async () => {
  plant.paused.add('flow');
  await plant.executor.drainDue(500);
  expect(await parked()).toEqual([]);
  plant.paused.clear();
  plant.clock.pass(HOUR);
  await drainAll();
  expect((await allRuns(opened.database)).every(({ status }) => status === 'ended')).toBe(true);
});

test('[RUN-9] resumed by "go on", all that is overdue goes on at once', async () => {
  plant.paused.add('flow');
  plant.clock.pass(HOUR);
  await drainAll();
  await resume({ kind: 'go-on' });
  await drainAll();
  expect((await allRuns(opened.database)).every(({ endReason }) => endReason?.code === 'exit:end')).toBe(true);
  expect(plant.finished).toEqual(['r']);
  await expectCountsOfRecords();
});

test('[RUN-9] resumed by "skip overdue", runs whose time came during the pause end with that reason', async () => {
  plant.paused.add('flow');
  plant.clock.pass(HOUR);
  await drainAll();
  await resume({ kind: 'skip-overdue' });
  expect((await allRuns(opened.database)).every(({ endReason }) => endReason?.code === 'skipped-overdue')).toBe(true);
  await expectCountsOfRecords();
});

test('[RUN-9] [RUN-7] resumed by "spread", each run has a place in the period that is always the same', async () => {
  plant.paused.add('flow');
  plant.clock.pass(HOUR);
  await drainAll();
  await opened.database.collection(runs).updateMany({}, { $set: { isParked: true }, $unset: { wakeAt: true } });
  await resume({ kind: 'spread', overMs: HOUR });
  const offsets = (await allRuns(opened.database)).map(({ wakeAt }) => (wakeAt?.getTime() ?? 0) - plant.clock.now());
  expect(Math.min(...offsets)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...offsets)).toBeLessThan(HOUR);
  expect(new Set(offsets.map((at) => Math.floor(at / (HOUR / 4)))).size).toBe(4);
  await opened.database.collection(runs).updateMany({}, { $set: { isParked: true }, $unset: { wakeAt: true } });
  await opened.database.db.collection('bulkChanges').deleteMany({});
  await resume({ kind: 'spread', overMs: HOUR });
  expect((await allRuns(opened.database)).map(({ wakeAt }) => (wakeAt?.getTime() ?? 0) - plant.clock.now())).toEqual(
    offsets,
  );
});

test('[RUN-9] an event that comes during the pause is kept, and its run goes on by it even where the overdue are skipped', async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  const graph = graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['hold', 'delay', { durationMs: HOUR }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>hold', 'hold:next>end'],
  );
  plant = await createPlant(opened.database, [graph], 2);
  await enrolAll(plant);
  const [told] = await allRuns(opened.database);
  const awaits = [{ id: 'order', kind: 'event' as const, event: 'Order' }];
  await opened.database
    .collection(runs)
    .updateOne({ _id: told?._id ?? '' }, { $set: { 'positions.0.awaits': awaits } });
  plant.paused.add('flow');
  const at = new Date(plant.clock.now());
  const event = { id: 'e1', name: 'Order', properties: {}, at: at.getTime() };
  await plant.executor.signal([{ runId: told?._id ?? '', id: 'e1/1', seq: 1, await: 'order', at, event }]);
  plant.clock.pass(2 * HOUR);
  await drainAll();
  expect(await parked()).toHaveLength(2);
  expect((await parked())[0]?.signals).toHaveLength(1);
  await resume({ kind: 'skip-overdue' });
  await drainAll();
  const [first, second] = await allRuns(opened.database);
  expect(second?.endReason).toEqual({ code: 'skipped-overdue' });
  expect(first?.event?.id).toBe('e1');
  expect(first?.endReason?.code).not.toBe('skipped-overdue');
});

test('[RUN-9] a run that is parked just when its flow has been resumed is let go by whoever parked it', async () => {
  plant.clock.pass(HOUR);
  // The look at the flow is older than its resumption, and the parking is younger.
  plant.paused.add('flow');
  plant.pausedLater = () => plant.paused.clear();
  await plant.executor.drainDue(500);
  expect(await parked()).toEqual([]);
  await drainAll();
  expect((await allRuns(opened.database)).every(({ status }) => status === 'ended')).toBe(true);
});

// Parking writes: batch, hold, parking, release, end of the batch.
test.each(
  [1, 2, 3, 4, 5].flatMap((write) => [
    { write, moment: 'before' as const },
    { write, moment: 'after' as const },
  ]),
)(
  '[RUN-9] a kill $moment write $write of parking, and a resume meanwhile, leaves nobody behind',
  async ({ write, moment }) => {
    plant.paused.add('flow');
    plant.clock.pass(HOUR);
    const doomed = plant.process(dyingDatabase(opened.database, write, moment));
    await expect(doomed.executor.drainDue(500)).rejects.toThrow('killed');
    await resume({ kind: 'go-on' });
    plant.clock.pass(BATCH_LEASE_MS + 1);
    await plant.executor.recover();
    await drainAll();
    const all = await allRuns(opened.database);
    expect(all.filter(({ status, isParked }) => status !== 'ended' || isParked)).toEqual([]);
    await expectCountsOfRecords();
  },
);

test('[RUN-9] a flow that is paused does not hold up those that are not', async () => {
  plant.paused.add('flow');
  plant.clock.pass(HOUR);
  const others = (await allRuns(opened.database)).slice(0, 10);
  await opened.database
    .collection(runs)
    .updateMany({ _id: { $in: others.map(({ _id }) => _id) } }, { $set: { flowId: 'other' } });
  await drainAll();
  const all = await allRuns(opened.database);
  expect(all.filter(({ flowId }) => flowId === 'other').every(({ status }) => status === 'ended')).toBe(true);
  expect(await parked()).toHaveLength(20);
});
