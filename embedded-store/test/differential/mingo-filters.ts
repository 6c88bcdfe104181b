import fc from 'fast-check';
import { Query } from 'mingo';
import type { Document } from 'mongodb';
import { fill } from './golden-case.ts';
import { demandEqual, numbered, type Property, showUnordered } from './property.ts';

/*
 * mingo is asked where it is known to agree with MongoDB: plain numbers, strings and booleans, flat fields, one level
 * of arrays; no null, no other number types, no equality of documents.
 */
const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom<unknown>('a', 'b', 'ab', 0.5), fc.boolean());
const document = fc.record(
  { a: scalar, b: fc.array(scalar, { maxLength: 3 }), c: fc.record({ d: scalar }) },
  { requiredKeys: [] },
);
const path = fc.constantFrom('a', 'b', 'c.d');
const test: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar).map(([op, value]) => ({ [op]: value })),
  fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 4 })).map(([op, list]) => ({ [op]: list })),
  fc.boolean().map((isWanted) => ({ $exists: isWanted })),
  fc.nat(3).map((size) => ({ $size: size })),
  fc.integer({ min: -2, max: 2 }).map((low) => ({ $elemMatch: { $gt: low, $lt: low + 2 } })),
  fc.constantFrom('^a', 'b$', 'A').map((pattern) => ({ $regex: pattern })),
);
const condition: fc.Arbitrary<Document> = fc.tuple(path, test).map(([name, one]) => ({ [name]: one }));
const filter: fc.Arbitrary<Document> = fc.oneof(
  condition,
  fc
    .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(condition, { minLength: 1, maxLength: 3 }))
    .map(([key, parts]) => ({ [key]: parts })),
);

export const findEqualsMingo: Property = {
  area: 'find = mingo',
  sentence: 'finds what mingo finds where mingo agrees with MongoDB',
  async prove(db, rounds) {
    let comparisons = 0;
    const questions = fc.array(filter, { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 20 }).map(numbered), questions, async (stored, filters) => {
        const collection = await fill(db, 'mingo filters', stored);
        for (const one of filters) {
          const found = await collection.find(one, { sort: { _id: 1 } }).toArray();
          const expected = stored.filter((candidate) => new Query(one).test(candidate));
          demandEqual(one, showUnordered(found), showUnordered(expected));
          comparisons++;
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};
