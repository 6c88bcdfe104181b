import { createLens } from '../access/read-level.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { datasetRows } from '../datasets/dataset-record.ts';
import { profileIdOf, profiles } from '../profiles/profile-record.ts';
import { byColumn, openImports } from './imports.fixture.ts';

let opened: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  opened = await openImports();
});
afterAll(() => opened.close());
const column = (name: string, type: 'string' | 'number' | 'date', joined?: string) => ({
  name,
  type,
  sensitivity: 'internal' as const,
  ...(joined && { joined }),
});
beforeEach(async () => {
  await opened.empty();
  await opened.dictionary.declare(new Map([['city', 'string']]));
  const declaration = {
    displayName: 'Orders',
    columns: [
      column('customer', 'string'),
      column('order', 'number'),
      column('amount', 'number'),
      column('city', 'string', 'city'),
    ],
    userColumn: 'customer',
    keyColumns: ['order'],
    lookups: [],
  };
  await opened.datasets.declare('orders', declaration, { isNew: true, lens: createLens('administrator', new Map()) });
});

const mapping = {
  ...byColumn('who', ['order', 'string'], ['amount', 'string']),
  dataset: 'orders',
};
const stored = () => opened.database.collection(datasetRows).find().sort({ 'values.order': 1 }).toArray();
const cells = async () => (await stored()).map(({ values }) => values);
const FILE = 'who,order,amount\nada,1,10\nben,2,20\nada,x,30\nada,,40\n,5,50\nada,1,15\n';

it('[IMP-1] [DS-1] rows of a file become rows of a dataset by its own types, and each counts once', async () => {
  const job = await opened.importFile(FILE, mapping);
  expect(job).toMatchObject({
    rowsImported: 3,
    rowsRejected: 3,
    rejectedBy: { 'value-type': 1, 'key-missing': 1, 'id-missing': 1 },
  });
  expect(await cells()).toEqual([
    { customer: 'ada', order: 1, amount: 15 },
    { customer: 'ben', order: 2, amount: 20 },
  ]);
});

it('[IMP-1] a mapping that leaves the key out, or fills what is joined, is refused before it starts', async () => {
  const { id } = await opened.upload(FILE);
  await expect(
    opened.imports.start(id, { ...byColumn('who', ['amount', 'number']), dataset: 'orders' }),
  ).rejects.toMatchObject({
    code: 'import-mapping-invalid',
  });
  const joined = {
    ...mapping,
    columns: [...mapping.columns, { column: 'who', attribute: 'city', type: 'string' as const }],
  };
  await expect(opened.imports.try(id, joined)).rejects.toMatchObject({ code: 'import-mapping-invalid' });
});

it('[IMP-3] takes rows back: new ones go, changed ones are what they were, and what came later stays', async () => {
  await opened.importFile('who,order,amount\nada,1,10\nben,2,20\n', mapping);
  const second = await opened.importFile('who,order,amount\ncem,1,11\nben,3,30\nben,2,22\n', mapping);
  const ada = profileIdOf({ userId: 'ada' });
  expect((await stored())[0]?.profileId).toBe(profileIdOf({ userId: 'cem' }));
  await opened.importFile('who,order,amount\nben,2,23\n', mapping);
  const { undo } = await opened.undo(second.id);
  expect(undo).toMatchObject({ rows: 3, removed: 1 });
  expect((await stored()).map(({ profileId, values }) => [profileId, values.order, values.amount])).toEqual([
    [ada, 1, 10],
    [profileIdOf({ userId: 'ben' }), 2, 23],
  ]);
});

it('[IMP-2] [DS-2] goes on after a stop, and the joined columns are those of the profile', async () => {
  const at = new Date();
  const ada = {
    _id: profileIdOf({ userId: 'ada' }),
    userId: 'ada',
    attributes: { city: 'Graz' },
    createdAt: at,
    updatedAt: at,
  };
  await opened.database.collection(profiles).insertOne(ada);
  const lines = Array.from({ length: 2500 }, (_, index) => `ada,${index},${index}`);
  const { id } = await opened.upload(['who,order,amount', ...lines].join('\n'));
  await opened.imports.start(id, mapping);
  let batches = 0;
  const stop = new AbortController();
  await opened.runDue({ touch: async () => void ((batches += 1) === 1 && stop.abort()), signal: stop.signal });
  expect((await stored()).length).toBe(1000);
  opened.restart();
  await opened.imports.resume();
  await opened.runDue();
  expect(await opened.imports.get(id)).toMatchObject({ status: 'done', rowsImported: 2500 });
  const found = await stored();
  expect([found.length, new Set(found.map(({ values }) => values.city))]).toEqual([2500, new Set(['Graz'])]);
});
