import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { properties } from './properties.ts';
import { type StoreUnderTest, storeKinds } from './store-under-test.ts';

/** Few, as the tests run often; `npm run verify -- store-differential` makes many. */
const rounds = 15;

for (const kind of storeKinds) {
  describe(`random questions through the driver, ${kind.name}`, () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await kind.start();
    });
    afterAll(() => store.stop());

    for (const { area, sentence, prove } of properties) {
      it(`${sentence} (${area})`, async () => {
        expect(await prove(store.db, rounds)).toBeGreaterThan(0);
      });
    }
  });
}
