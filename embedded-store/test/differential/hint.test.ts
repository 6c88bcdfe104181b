import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill } from './golden-case.ts';
import { type StoreUnderTest, storeKinds } from './store-under-test.ts';

for (const kind of storeKinds) {
  describe(`a hint, ${kind.name}`, () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await kind.start();
      await store.db.collection('hints').createIndex({ a: 1 });
      await fill(store.db, 'hints', [
        { _id: 1, a: 3 },
        { _id: 2, a: 1 },
        { _id: 3, a: 2 },
      ]);
    });
    afterAll(() => store.stop());

    const find = async (options: Document): Promise<unknown[]> =>
      (await store.db.collection('hints').find({}, options).toArray()).map(({ _id }) => _id);

    it('[STORE-7] leaves the sort to memory where the index brings another order', async () => {
      expect(await find({ hint: { a: 1 }, sort: { _id: 1 } })).toEqual([1, 2, 3]);
    });

    it('walks its index in order where nothing is sorted', async () => {
      expect(await find({ hint: { a: 1 } })).toEqual([2, 3, 1]);
    });

    it('[STORE-7] of a sparse or partial index answers what the index holds, each document once, in its order', async () => {
      const lists = await fill(store.db, 'hinted lists', [
        { _id: 1, l: [5, 1] },
        { _id: 2 },
        { _id: 3, l: 3, kind: 'x' },
        { _id: 4, l: [2, 9], kind: 'x' },
        { _id: 5, l: [] },
      ]);
      await lists.createIndexes([
        { key: { l: 1 }, name: 'sparse', sparse: true },
        { key: { l: -1 }, name: 'partial', partialFilterExpression: { kind: 'x' } },
      ]);
      const ids = async (filter: Document, options: Document): Promise<unknown[]> =>
        (await lists.find(filter, options).toArray()).map(({ _id }) => _id);
      expect(await ids({}, { hint: 'sparse' })).toEqual([5, 1, 4, 3]);
      expect(await ids({}, { hint: 'sparse', sort: { _id: -1 } })).toEqual([5, 4, 3, 1]);
      expect(await ids({}, { hint: 'partial' })).toEqual([4, 3]);
      expect(await ids({ l: { $gte: 3 } }, { hint: 'partial' })).toEqual([4, 3]);
      expect(await ids({ _id: { $in: [1, 2] } }, { hint: 'sparse' })).toEqual([1]);
      expect(await lists.countDocuments({}, { hint: 'sparse' })).toBe(4);
      const explained = await lists.find({}, { hint: 'sparse' }).explain('queryPlanner');
      expect(explained['queryPlanner']).toMatchObject({
        winningPlan: { inputStage: { stage: 'IXSCAN', indexName: 'sparse', isMultiKey: true } },
      });
    });

    it('of $natural walks the collection either way', async () => {
      expect(await find({ hint: { $natural: 1 } })).toEqual([1, 2, 3]);
      expect(await find({ hint: { $natural: -1 } })).toEqual([3, 2, 1]);
    });
  });
}
