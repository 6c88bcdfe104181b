import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenCases } from './golden.ts';
import { notAskable, whyNotAsked } from './not-askable.ts';
import { type StoreUnderTest, storeKinds } from './store-under-test.ts';

for (const kind of storeKinds) {
  describe(`the golden cases through the driver, ${kind.name}`, () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await kind.start();
    });
    afterAll(() => store.stop());

    const asked = goldenCases.filter((golden) => whyNotAsked(golden, kind) === undefined);
    for (const [i, { area, name, expected, ask }] of asked.entries()) {
      it(`${area}, case ${i + 1}: ${name}`, async () => {
        expect(await ask(store.db)).toBe(expected);
      });
    }
  });
}

describe('the golden cases', () => {
  const nameOf = ({ area, name }: { area: string; name: string }): string => `${area}: ${name}`;

  it('are never left out by a name that two of them have, or none', () => {
    for (const listed of notAskable) {
      expect(goldenCases.filter((golden) => nameOf(golden) === nameOf(listed)).map(nameOf)).toEqual([nameOf(listed)]);
    }
  });
});
