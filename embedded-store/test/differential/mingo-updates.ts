import fc from 'fast-check';
import { update as updateInMingo } from 'mingo';
import type { Document } from 'mongodb';
import { fill } from './golden-case.ts';
import { demandEqual, numbered, type Property, showUnordered } from './property.ts';

/*
 * mingo is asked where it is known to agree with MongoDB: operators on fields of the type that they are made for, one
 * operator a field. `$addToSet` has a field of its own, as mingo takes away equal elements that were there before. What a
 * wrong type comes to, and which number type results, is for the golden cases.
 */
const small = fc.integer({ min: -3, max: 3 });
const natural = fc.nat(5);
const document = fc.record({
  n: small,
  m: natural,
  s: fc.constantFrom('x', 'y'),
  o: fc.record({ k: small }),
  l: fc.array(small, { maxLength: 4 }),
  u: fc.uniqueArray(small, { maxLength: 4 }),
});

/** An update of one field: its operator and argument. */
type Part = readonly [operator: string, argument: Document];
const part = (operator: string, path: string, argument: fc.Arbitrary<unknown>): fc.Arbitrary<Part> =>
  argument.map((value) => [operator, { [path]: value }]);
const rename: fc.Arbitrary<Part> = fc.constant(['$rename', { s: 't' }]);

const pushed = fc.record(
  {
    $each: fc.array(small, { maxLength: 3 }),
    $position: natural,
    $slice: fc.integer({ min: -3, max: 3 }),
    $sort: fc.constantFrom(1, -1),
  },
  { requiredKeys: ['$each'] },
);
const parts = fc.tuple(
  fc.oneof(...['$inc', '$set', '$min', '$max'].map((operator) => part(operator, 'n', small))),
  fc.oneof(
    part('$mul', 'm', natural),
    part('$unset', 'm', fc.constant('')),
    part('$bit', 'm', fc.record({ or: natural })),
  ),
  fc.oneof(part('$set', 's', fc.constantFrom('z', 1, true)), rename),
  fc.oneof(part('$set', 'o.k', small), part('$inc', 'o.k', small), part('$set', 'o.fresh', small)),
  fc.oneof(
    part('$push', 'l', fc.oneof(small, pushed)),
    part('$pop', 'l', fc.constantFrom(1, -1)),
    part(
      '$pull',
      'l',
      fc.oneof(
        small,
        small.map((low) => ({ $gt: low })),
      ),
    ),
    part('$pullAll', 'l', fc.array(small, { maxLength: 3 })),
  ),
  part('$addToSet', 'u', fc.oneof(small, fc.record({ $each: fc.array(small, { maxLength: 3 }) }))),
);

const update: fc.Arbitrary<Document> = parts
  .chain((all) => fc.shuffledSubarray([...all], { minLength: 1 }))
  .map((chosen) => {
    const merged: Record<string, Document> = {};
    for (const [operator, argument] of chosen) merged[operator] = { ...merged[operator], ...argument };
    return merged;
  });

export const updateEqualsMingo: Property = {
  area: 'update = mingo',
  sentence: 'makes of documents what mingo makes of them where mingo agrees with MongoDB',
  async prove(db, rounds) {
    let comparisons = 0;
    const questions = fc.array(update, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 8 }).map(numbered),
        questions,
        async (stored, updates) => {
          const expected = structuredClone(stored);
          const collection = await fill(db, 'mingo updates', stored);
          for (const one of updates) {
            // The second of several updates meets fields that the first has taken away, which is wanted.
            await collection.updateMany({}, structuredClone(one));
            for (const copy of expected) updateInMingo(copy, structuredClone(one));
            const found = await collection.find({}, { sort: { _id: 1 } }).toArray();
            demandEqual([one, stored], showUnordered(found), showUnordered(expected));
            comparisons++;
          }
        },
      ),
      { numRuns: rounds },
    );
    return comparisons;
  },
};
