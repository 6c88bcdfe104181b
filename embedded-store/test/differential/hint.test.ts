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

    it('of $natural walks the collection either way', async () => {
      expect(await find({ hint: { $natural: 1 } })).toEqual([1, 2, 3]);
      expect(await find({ hint: { $natural: -1 } })).toEqual([3, 2, 1]);
    });
  });
}
