import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { dyingDatabase } from '../flows/dying-database.fake.ts';
import { profileMerges } from '../identities/merge-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { createDatasetIndex } from './dataset-index.ts';
import { type DatasetRecord, datasetRows, datasets } from './dataset-record.ts';
import { createRowMarks } from './mark-rows.ts';
import { type ReadRow, readRow } from './read-row.ts';
import { createRowKeeper, type RowChange } from './settle-rows.ts';
import { createRowWriter } from './write-rows.ts';

let opened: TestDatabase;
const at = new Date(Date.UTC(2026, 5, 1));
const clock = { now: () => at.getTime() };
const COLLECTIONS = [profiles, profileMerges, datasets, datasetRows] as const;
const ORDERS: DatasetRecord = {
  _id: 'orders',
  displayName: 'Orders',
  columns: [
    { name: 'who', type: 'string', sensitivity: 'internal' },
    { name: 'no', type: 'number', sensitivity: 'internal' },
    { name: 'amount', type: 'number', sensitivity: 'internal' },
    { name: 'city', type: 'string', sensitivity: 'internal', joined: 'city' },
  ],
  userColumn: 'who',
  keyColumns: ['no'],
  lookups: [],
  revision: 1,
  createdAt: at,
  updatedAt: at,
};
const ADA = profileIdOf({ userId: 'ada' });
const BEN = profileIdOf({ userId: 'ben' });

beforeAll(async () => {
  opened = await openTestDatabase(COLLECTIONS);
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const { name } of COLLECTIONS) await opened.database.db.collection(name).deleteMany({});
  await opened.database.collection(datasets).insertOne(ORDERS);
  const ada = { _id: ADA, userId: 'ada', attributes: { city: 'Graz' }, createdAt: at, updatedAt: at };
  await opened.database.collection(profiles).insertOne(ada);
  await partsOn(opened.database).writer.upsert(ORDERS, [row('ada', 1, 10), row('ada', 2, 20)], { at });
  // Before an audience looked into it, so to say.
  await opened.database.collection(datasetRows).updateMany({}, { $unset: { unsettled: true } });
});

function row(who: string, no: number, amount: number): ReadRow {
  const read = readRow(ORDERS, { who, no, amount });
  if ('code' in read) throw new Error('The row does not fit');
  return read as ReadRow;
}

function partsOn(database: Database) {
  const index = createDatasetIndex({ database, clock });
  const marks = createRowMarks({ followed: async () => new Map([['orders', true]]), clock, wake: () => {} });
  const watch = { marker: async () => ({ markOf: () => undefined, newMark: () => undefined }), wake: () => {} };
  const joining = { database, index, marks };
  return { writer: createRowWriter({ ...joining, clock, watch }), keeper: createRowKeeper(joining) };
}

/** Rows, who owns them, and whom the audiences have been told to look at. */
async function readWorld(judged: ReadonlySet<string>) {
  const rows = await opened.database.collection(datasetRows).find().sort({ _id: 1 }).toArray();
  return { rows: rows.map(({ _id, profileId, values }) => ({ _id, profileId, values })), judged: [...judged].sort() };
}

/** Does the work again as whoever sent it would, then settles what is marked. */
async function finish(work: (parts: ReturnType<typeof partsOn>) => Promise<unknown>) {
  const parts = partsOn(opened.database);
  await work(parts);
  const judged = new Set<string>();
  const judge = async (changes: readonly RowChange[]) => changes.forEach(({ profileId }) => judged.add(profileId));
  while ((await parts.keeper.settle(judge)) > 0);
  return readWorld(judged);
}

describe('after a kill between any two writes', () => {
  const works: [string, (parts: ReturnType<typeof partsOn>) => Promise<unknown>, readonly string[]][] = [
    [
      'an upsert that makes, changes and moves rows',
      ({ writer }) => writer.upsert(ORDERS, [row('ada', 1, 11), row('ben', 2, 20), row('ben', 3, 30)], { at }),
      [ADA, BEN],
    ],
    ['a removal', ({ writer }) => writer.remove('orders', [row('ada', 1, 0).id]), [ADA]],
  ];
  it.each(works)('[DS-2] [DS-3] %s ends as without it', async (_, work, concerned) => {
    const wanted = await finish(work);
    expect(wanted.judged).toEqual([...concerned].sort());
    let deaths = 0;
    for (let write = 1; ; write += 1) {
      let hasDied = false;
      for (const moment of ['before', 'after'] as const) {
        for (const { name } of [datasetRows]) await opened.database.db.collection(name).deleteMany({});
        await partsOn(opened.database).writer.upsert(ORDERS, [row('ada', 1, 10), row('ada', 2, 20)], { at });
        await opened.database.collection(datasetRows).updateMany({}, { $unset: { unsettled: true } });
        const died = await work(partsOn(dyingDatabase(opened.database, write, moment))).then(
          () => false,
          () => true,
        );
        hasDied ||= died;
        deaths += died ? 1 : 0;
        expect(await finish(work)).toEqual(wanted);
      }
      if (!hasDied) break;
    }
    expect(deaths).toBeGreaterThan(1);
  });
});
