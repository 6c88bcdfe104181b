import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { applyIndexes, declareCollection } from './database.ts';

const before = declareCollection('things', [{ key: { a: 1 } }, { key: { b: 1 } }]);
const after = declareCollection('things', [{ key: { a: 1 } }], ['b_1', 'c_1']);
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase([before]);
});
afterAll(() => opened.close());

const names = async () => (await opened.database.db.collection('things').indexes()).map(({ name }) => name);

it('drops the indexes of earlier versions, whoever of two processes comes first, and no other', async () => {
  await opened.database.db.collection('things').createIndex({ theirs: 1 });
  await Promise.all([applyIndexes(opened.database, [after]), applyIndexes(opened.database, [after])]);
  expect(await names()).toEqual(['_id_', 'a_1', 'theirs_1']);
  await applyIndexes(opened.database, [after]);
  expect(await names()).toEqual(['_id_', 'a_1', 'theirs_1']);
});
