import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { countConversions, EVER } from './count-conversions.ts';
import { countFlow } from './count-flow.ts';
import { listRuns } from './list-runs.ts';
import { AT, runOf } from './results.fixture.ts';
import { createTally, groupTallies, tallies } from './tally.ts';

const HOUR = 3_600_000;
const MAIL = { experiment: 'split', variant: 'mail' };

let opened: { database: Database; close(): Promise<void> };
let database: Database;
beforeAll(async () => {
  opened = await openTestDatabase([runs, tallies, groupTallies, enrolments, profiles]);
  database = opened.database;
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const declaration of [runs, tallies, groupTallies] as const)
    await database.db.collection(declaration.name).deleteMany({});
});

const countMail = () => countFlow(database, 'flow', 1, AT, { group: MAIL });
const opens = async (query: object) =>
  (await listRuns(database, async () => new Map(), 'flow', 1, query)).items.map(({ id }) => id);

/** Has entered the split, which deals it in a later batch. */
function standingAtSplit(id: string): RunRecord {
  return runOf(id, 'mail', {
    status: 'waiting',
    node: 'split',
    path: [
      { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
      { node: 'split', enteredAt: AT },
    ],
    variants: {},
  });
}

it('[RUN-3] the counts of a variant are of its runs alone, from their start, however often the batch is told', async () => {
  const batch = [runOf('a', 'mail'), runOf('b', 'none'), runOf('c', 'mail')];
  const tally = createTally(database);
  await tally.add('b', new Date(AT), batch);
  await tally.add('b', new Date(AT), batch);
  const counts = await countMail();
  expect([counts.runs, counts.ended, counts.waiting]).toEqual([2, 2, 0]);
  expect(counts.nodes).toEqual({
    start: { entered: 2, waiting: 0, failed: 0, ended: 0, left: { next: 2 } },
    split: { entered: 2, waiting: 0, failed: 0, ended: 0, left: { mail: 2 } },
    end: { entered: 2, waiting: 0, failed: 0, ended: 2, left: {} },
  });
  expect((await countFlow(database, 'flow', 1, AT)).runs).toBe(3);
});

it('[RUN-3] who is dealt in a later batch brings the whole way, and is counted once in the batches after', async () => {
  const tally = createTally(database);
  await tally.add('b1', new Date(AT), [standingAtSplit('a')]);
  expect((await countMail()).runs).toBe(0);
  const waiting: RunRecord = {
    ...runOf('a', 'mail'),
    status: 'waiting',
    path: [
      { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
      { node: 'split', enteredAt: AT, leftAt: AT, port: 'mail' },
      { node: 'wait', enteredAt: AT },
    ],
    hold: { batch: 'b2', isCommitted: true, from: 2, closed: [1] },
  };
  await tally.add('b2', new Date(AT), [waiting]);
  expect(await countMail()).toMatchObject({ runs: 1, waiting: 1, nodes: { start: { left: { next: 1 } } } });
  const ended: RunRecord = {
    ...waiting,
    status: 'ended',
    path: [
      ...waiting.path.slice(0, 2),
      { node: 'wait', enteredAt: AT, leftAt: AT, port: 'next' },
      { node: 'end', enteredAt: AT, leftAt: AT },
    ],
    hold: { batch: 'b3', isCommitted: true, from: 3, closed: [2] },
  };
  await tally.add('b3', new Date(AT + HOUR), [ended]);
  const counts = await countMail();
  expect([counts.runs, counts.waiting, counts.ended]).toEqual([1, 0, 1]);
  expect(counts.nodes['split']).toMatchObject({ entered: 1, left: { mail: 1 } });
  expect(counts.nodes['end']).toMatchObject({ entered: 1, ended: 1 });
});

it('a move to another version takes the run out of the counts of its variant there, and into those here', async () => {
  const tally = createTally(database);
  const path: RunRecord['path'] = [
    { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
    { node: 'split', enteredAt: AT, leftAt: AT, port: 'mail' },
    { node: 'wait', enteredAt: AT },
  ];
  const run = runOf('a', 'mail', { status: 'waiting', node: 'wait', path });
  await tally.add('b1', new Date(AT), [run]);
  const move = { seq: 3, from: 1, to: 2, at: new Date(AT), kept: [2], dropped: [] };
  const hold = { batch: 'b2', isCommitted: true, from: 3, closed: [], move };
  await tally.add('b2', new Date(AT), [{ ...run, version: 2, hold }]);
  const of = async (version: number) => {
    const { runs, waiting, nodes } = await countFlow(database, 'flow', version, AT, { group: MAIL });
    return { runs, waiting, there: nodes['wait']?.waiting };
  };
  expect([await of(1), await of(2)]).toEqual([
    { runs: 0, waiting: 0, there: 0 },
    { runs: 1, waiting: 1, there: 1 },
  ]);
});

it('conversions of a node are of those who entered it, then and in that variant, and open as many runs', async () => {
  const late = { enteredAt: AT + HOUR, leftAt: AT + HOUR };
  const convertedAt = new Date(AT + 2 * HOUR);
  await database.collection(runs).insertMany([
    runOf('a', 'mail', { convertedAt }),
    runOf('b', 'none', { convertedAt }),
    runOf('c', 'mail'),
    // Came by the split twice and ended an hour later.
    runOf('d', 'mail', {
      convertedAt,
      path: [
        { node: 'start', enteredAt: AT, leftAt: AT, port: 'next' },
        { node: 'split', enteredAt: AT, leftAt: AT, port: 'mail' },
        { node: 'split', enteredAt: AT, leftAt: AT, port: 'mail' },
        { node: 'end', ...late },
      ],
    }),
  ]);
  expect(await countConversions(database, 'flow', 1)).toEqual({ start: 3, split: 3, end: 3 });
  expect(await countConversions(database, 'flow', 1, { group: MAIL })).toEqual({ start: 2, split: 2, end: 2 });
  const from = AT + HOUR;
  expect(await countConversions(database, 'flow', 1, { period: { from } })).toEqual({ end: 1 });
  expect(await countConversions(database, 'flow', 1, { period: { to: from } })).toEqual({ start: 3, split: 3, end: 2 });
  const converted = { node: 'split', stage: 'converted' };
  expect(await opens({ ...converted, ...MAIL })).toEqual(['a', 'd']);
  expect(await opens({ node: 'end', stage: 'converted', from: new Date(from).toISOString() })).toEqual(['d']);
});

it('conversions are read by the index of those who have converted', async () => {
  const plan = await database
    .collection(runs)
    .find({ flowId: 'flow', version: 1, convertedAt: EVER })
    .explain('queryPlanner');
  expect(JSON.stringify(plan)).toContain('"indexName":"converted"');
});
