import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Rescue } from '@sluice/shared/model';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { listFailures } from '../analytics/list-failures.ts';
import { BATCH_LEASE_MS } from '../executor/batch-record.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import {
  allRuns,
  COLLECTIONS,
  counted,
  createPlant,
  enrolAll,
  JOB,
  type Plant,
  recountVersion,
} from './bulk-changes.fixture.ts';
import { rescueRun } from './rescue-run.ts';

/** Fails at `count` for those whose attribute holds no number. */
const GRAPH = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
    ['count', 'update-attribute', { changes: [{ attribute: 'visits', action: 'increment', value: 1 }] }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>count', 'count:next>end'],
);

let opened: TestDatabase;
let plant: Plant;
beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  plant = await createPlant(opened.database, [GRAPH], 12);
  for (const id of ['p1', 'p4', 'p7']) plant.profiles.set(id, { id, attributes: { visits: 'many' } });
  await enrolAll(plant);
});

const failed = async () => (await allRuns(opened.database)).filter(({ status }) => status === 'failed');
const begin = (action: Rescue, message?: string) =>
  plant.changes.begin({
    id: 'c',
    flowId: 'flow',
    upToVersion: 1,
    by: 'Lin',
    order: { kind: 'rescue', node: 'count', action, ...(message !== undefined && { message }) },
  });
const rescue = async (action: Rescue, message?: string) => {
  await begin(action, message);
  await plant.changes.work('c', JOB);
  while ((await plant.executor.drainDue(500)) > 0);
};
const expectCountsOfRecords = async () =>
  expect(await counted(opened.database, 1)).toEqual(recountVersion(await allRuns(opened.database), 1));

test('[RUN-10] failed runs are listed by flow, node and message', async () => {
  const names = async () => new Map([['flow', 'Spring']]);
  const programs = { get: async () => plant.programs.get(1) };
  const { items, total } = await listFailures({ database: opened.database, programs, names }, undefined);
  expect(total).toBe(3);
  expect(items).toMatchObject([{ flowName: 'Spring', node: 'count', graphNode: { id: 'count' }, runs: 3, version: 1 }]);
  expect(items[0]?.message).toContain('visits');
  expect((await listFailures({ database: opened.database, programs, names }, 'another')).items).toEqual([]);
});

test('[RUN-10] all that failed at a node are tried again, and those that fail once more stay failed', async () => {
  for (const id of ['p1', 'p4']) plant.profiles.set(id, { id, attributes: { visits: 1 } });
  await rescue({ kind: 'retry' });
  expect((await failed()).map(({ profileId }) => profileId)).toEqual(['p7']);
  await plant.changes.work('c', JOB);
  expect((await plant.changes.list('flow', 1))[0]).toMatchObject({ status: 'done', changed: 3 });
  await expectCountsOfRecords();
});

test('[RUN-10] they skip the node by a port without a visit', async () => {
  await rescue({ kind: 'skip', port: 'next' });
  const all = await allRuns(opened.database);
  expect(all.every(({ endReason }) => endReason?.code === 'exit:end')).toBe(true);
  expect(all.find(({ profileId }) => profileId === 'p1')?.path[1]).toMatchObject({
    port: 'next',
    reason: { code: 'step-skipped' },
  });
  expect(plant.performed.size).toBe(9);
  await expectCountsOfRecords();
});

test('[RUN-10] they end where they are, with the message as their reason', async () => {
  await rescue({ kind: 'end' });
  const all = await allRuns(opened.database);
  expect(all.filter(({ endReason }) => endReason?.code === 'ended-by-hand')).toHaveLength(3);
  expect(await failed()).toEqual([]);
  await expectCountsOfRecords();
});

test('[RUN-10] only those of the message named are touched', async () => {
  await rescue({ kind: 'end' }, 'another message');
  expect(await failed()).toHaveLength(3);
});

test('[RUN-10] one failed run is rescued alone, and what is not failed any more is left as it is', async () => {
  const [one] = await failed();
  const end = () => plant.executor.change([one?._id ?? ''], (run, now) => rescueRun(run, { kind: 'end' }, now));
  expect([await end(), await end()]).toEqual([1, 0]);
  expect(await failed()).toHaveLength(2);
});

test.each([2, 3, 4, 5, 6, 7, 8, 9])(
  '[RUN-10] a kill before write %i of a bulk rescue leaves every run rescued once in the end',
  async (write) => {
    await begin({ kind: 'skip', port: 'next' });
    const doomed = plant.process(dyingDatabase(opened.database, write, 'before'));
    await doomed.changes.work('c', JOB).catch(() => undefined);
    plant.clock.pass(BATCH_LEASE_MS + 1);
    await plant.executor.recover();
    await rescue({ kind: 'skip', port: 'next' });
    expect((await allRuns(opened.database)).every(({ status, path }) => status === 'ended' && path.length === 3)).toBe(
      true,
    );
    await expectCountsOfRecords();
  },
);
