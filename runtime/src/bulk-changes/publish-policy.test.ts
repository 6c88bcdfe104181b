import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { countStandingRuns } from '../analytics/standing-runs.ts';
import { BATCH_LEASE_MS, batches } from '../executor/batch-record.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import {
  allRuns,
  COLLECTIONS,
  counted,
  createPlant,
  enrolAll,
  HOUR,
  JOB,
  NEW,
  OLD,
  type Plant,
  recountVersion,
} from './bulk-changes.fixture.ts';
import { bulkChanges } from './bulk-change-record.ts';

let opened: TestDatabase;
let plant: Plant;
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
});

const MOVE = {
  id: 'flow:2:move',
  flowId: 'flow',
  upToVersion: 1,
  by: 'Lin',
  order: {
    kind: 'move' as const,
    to: 2,
    gone: [
      { node: 'gone', fate: 'move' as const, target: 'count' },
      { node: 'other', fate: 'end' as const },
    ],
  },
};

async function start(count: number): Promise<void> {
  plant = await createPlant(opened.database, [OLD, NEW], count);
  await enrolAll(plant);
}

async function expectCountsOfRecords(): Promise<void> {
  const all = await allRuns(opened.database);
  for (const version of [1, 2]) expect(await counted(opened.database, version)).toEqual(recountVersion(all, version));
}

test('[RUN-5] runs at a node that both versions have go on there in the new one, the others as the operator chose', async () => {
  await start(60);
  const before = await allRuns(opened.database);
  await plant.changes.begin(MOVE);
  await plant.changes.work(MOVE.id, JOB);

  const after = await allRuns(opened.database);
  expect(after.map(({ variants }) => variants)).toEqual(before.map(({ variants }) => variants));
  const stoodAt = (node: string) =>
    before.flatMap((was, index) => (was.node === node ? [{ was, run: after[index] }] : []));
  for (const { was, run } of stoodAt('kept'))
    expect(run).toMatchObject({ version: 2, status: 'waiting', positions: was.positions, wakeAt: was.wakeAt });
  for (const { run } of stoodAt('gone'))
    expect(run).toMatchObject({
      version: 2,
      node: 'count',
      path: [{}, {}, { node: 'gone', reason: { code: 'step-moved' } }, { node: 'count' }],
    });
  for (const { run } of stoodAt('other'))
    expect(run).toMatchObject({ version: 1, status: 'ended', endReason: { code: 'version-replaced' } });
  await expectCountsOfRecords();

  while ((await plant.executor.drainDue(500)) > 0);
  plant.clock.pass(HOUR);
  while ((await plant.executor.drainDue(500)) > 0);
  const moved = (await allRuns(opened.database)).filter(({ version }) => version === 2);
  expect(moved.every(({ status, endReason }) => status === 'ended' && endReason?.code === 'exit:end')).toBe(true);
  expect([...plant.performed.values()].every((times) => times === 1)).toBe(true);
  expect(plant.performed.size).toBe(moved.length);
  await expectCountsOfRecords();
});

test('[RUN-5] a run whose node is gone stays in its version where the operator chose nothing', async () => {
  await start(30);
  const order = { ...MOVE.order, gone: [] };
  await plant.changes.begin({ ...MOVE, order });
  await plant.changes.work(MOVE.id, JOB);
  const all = await allRuns(opened.database);
  expect(new Set(all.map(({ node, version }) => `${node} ${version}`))).toEqual(
    new Set(['kept 2', 'gone 1', 'other 1']),
  );
  expect((await plant.changes.list('flow', 1))[0]).toMatchObject({ status: 'done' });
  plant.clock.pass(HOUR);
  while ((await plant.executor.drainDue(500)) > 0);
  expect((await allRuns(opened.database)).every(({ status }) => status === 'ended')).toBe(true);
  await expectCountsOfRecords();
});

test('[RUN-5] the policy "end" ends all runs of older versions with a reason and leaves those of the new one', async () => {
  await start(40);
  plant.profiles.set('late', { id: 'late', attributes: {} });
  await enrolAll(plant, 2);
  await plant.changes.begin({ ...MOVE, order: { kind: 'end', to: 2 } });
  await plant.changes.work(MOVE.id, JOB);
  const all = await allRuns(opened.database);
  expect(
    all.filter(({ version }) => version === 1).every(({ endReason }) => endReason?.code === 'version-replaced'),
  ).toBe(true);
  expect(all.filter(({ version }) => version === 2).map(({ status }) => status)).toEqual(['waiting']);
  await expectCountsOfRecords();
});

test('[RUN-5] where runs in flight stand is told per node from the tallies, and equals the records', async () => {
  await start(50);
  const all = await allRuns(opened.database);
  const standing = await countStandingRuns(opened.database, 'flow');
  expect(Object.fromEntries(standing.map(({ node, waiting }) => [node, waiting]))).toEqual(
    Object.fromEntries([...Map.groupBy(all, ({ node }) => node)].map(([node, group]) => [node, group.length])),
  );
});

test('[RUN-5] a failed run moves as it is, and is tried again in the version that mends it', async () => {
  const broken = {
    ...NEW,
    nodes: NEW.nodes.map((node) => (node.id === 'kept' ? { ...node, kind: 'unknown-kind' } : node)),
  };
  plant = await createPlant(opened.database, [broken, { ...broken, nodes: [...broken.nodes] }], 5);
  await enrolAll(plant);
  expect((await allRuns(opened.database)).every(({ status }) => status === 'failed')).toBe(true);
  await plant.changes.begin({ ...MOVE, order: { kind: 'move', to: 2, gone: [] } });
  await plant.changes.work(MOVE.id, JOB);
  expect((await allRuns(opened.database)).map(({ version, status, node }) => [version, status, node])).toEqual(
    Array.from({ length: 5 }, () => [2, 'failed', 'kept']),
  );
  await expectCountsOfRecords();
});

test('[RUN-5] a signal that a moved run was told before is not lost', async () => {
  await start(9);
  const [first] = await allRuns(opened.database);
  const signals = [{ id: 'e1/2', seq: 2, await: 'x', at: new Date(plant.clock.now()), result: { isOk: true } }];
  await opened.database.collection(COLLECTIONS[0]).updateOne({ _id: first?._id ?? '' }, { $set: { signals } });
  await plant.changes.begin({ ...MOVE, order: { kind: 'move', to: 2, gone: [] } });
  await plant.changes.work(MOVE.id, JOB);
  expect((await allRuns(opened.database))[0]?.signals).toEqual(signals);
});

// A page writes: batch, hold, commit, tallies of both versions, confirm, release, end of the batch, note.
test.each(
  Array.from({ length: 12 }, (_, index) => index + 1).flatMap((write) => [
    { write, moment: 'before' as const },
    { write, moment: 'after' as const },
  ]),
)(
  '[RUN-5] a kill $moment write $write of a move loses nobody, moves nobody twice and counts each once',
  async ({ write, moment }) => {
    await start(30);
    await plant.changes.begin(MOVE);
    const doomed = plant.process(dyingDatabase(opened.database, write, moment));
    const died = await doomed.changes.work(MOVE.id, JOB).then(
      () => false,
      () => true,
    );
    plant.clock.pass(BATCH_LEASE_MS + 1);
    await plant.executor.recover();
    await plant.changes.work(MOVE.id, JOB);
    await plant.changes.work(MOVE.id, JOB);
    expect(died || write > 11).toBe(true);
    const all = await allRuns(opened.database);
    expect(all).toHaveLength(30);
    expect(all.every(({ status, hold, moves }) => (status === 'ended' || !hold) && (moves?.length ?? 0) <= 1)).toBe(
      true,
    );
    expect(all.filter(({ version, status }) => version === 1 && status === 'waiting')).toEqual([]);
    expect(await opened.database.collection(batches).countDocuments({})).toBe(0);
    expect(await opened.database.collection(bulkChanges).findOne({})).toMatchObject({ status: 'done' });
    await expectCountsOfRecords();
  },
);

test('[RUN-5] two processes that move while a third advances what is due leave every run in one place', async () => {
  await start(1200);
  await plant.changes.begin(MOVE);
  plant.clock.pass(HOUR);
  const [second, third] = [plant.process(opened.database), plant.process(opened.database)];
  const drain = async () => {
    while ((await third.executor.drainDue(100)) > 0);
  };
  await Promise.all([plant.changes.work(MOVE.id, JOB), second.changes.work(MOVE.id, JOB), drain()]);
  await plant.changes.work(MOVE.id, JOB);
  await drain();
  const all = await allRuns(opened.database);
  expect(all).toHaveLength(1200);
  expect(all.filter(({ status }) => status !== 'ended')).toEqual([]);
  expect([...plant.performed.values()].every((times) => times === 1)).toBe(true);
  await expectCountsOfRecords();
});
