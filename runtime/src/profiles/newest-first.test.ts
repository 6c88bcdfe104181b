import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { declareCollection } from '../stores/database.ts';
import { readNewestFirst } from './newest-first.ts';

const looks = declareCollection<{ _id: string; by: string }>('looks', []);
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([looks]);
  const rows = ['1', '2', '3', '4', '5'].map((_id) => ({ _id, by: Number(_id) % 2 === 0 ? 'even' : 'odd' }));
  await opened.database.collection(looks).insertMany(rows);
});
afterAll(() => opened.close());

const idsOf = ({ rows }: { rows: readonly { _id: string }[] }) => rows.map(({ _id }) => _id).join('');

test('a log is read from its newest record to its first, each once, while new ones come', async () => {
  const stored = opened.database.collection(looks);
  const first = await readNewestFirst(stored, {}, { limit: 2 });
  await stored.insertOne({ _id: '6', by: 'even' });
  const second = await readNewestFirst(stored, {}, { limit: 2, after: first.next ?? '' });
  const third = await readNewestFirst(stored, {}, { limit: 2, after: second.next ?? '' });
  expect([idsOf(first), idsOf(second), idsOf(third), third.next]).toEqual(['54', '32', '1', null]);
});

test('what is asked for narrows it, what is left open does not, and another cursor is refused', async () => {
  const stored = opened.database.collection(looks);
  expect(idsOf(await readNewestFirst(stored, { by: 'odd' }, {}))).toBe('531');
  expect(idsOf(await readNewestFirst(stored, { by: undefined }, { limit: 3 }))).toBe('654');
  await expect(readNewestFirst(stored, {}, { after: 'made-up' })).rejects.toMatchObject({ code: 'request-invalid' });
});
