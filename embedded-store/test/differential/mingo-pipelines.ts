import fc from 'fast-check';
import { Aggregator } from 'mingo';
import type { Document } from 'mongodb';
import { fill } from './golden-case.ts';
import { demandEqual, numbered, type Property, showUnordered } from './property.ts';

/*
 * mingo is asked where it is known to agree with MongoDB: numbers and strings that are there, arrays of numbers, and
 * orders without ties (a tie that $unwind makes is between equal documents). Not asked: $count and $bucket, of which
 * mingo makes a document where MongoDB has nothing to count.
 */
const small = fc.integer({ min: -4, max: 4 });
const document = fc.record(
  { g: fc.constantFrom('x', 'y', 'z'), n: small, m: small, l: fc.array(small, { maxLength: 3 }) },
  { requiredKeys: ['g', 'n', 'm'] },
);

const stage: fc.Arbitrary<Document> = fc.oneof(
  small.map((low) => ({ $match: { n: { $gt: low } } })),
  fc.subarray(['x', 'y', 'z']).map((names) => ({ $match: { g: { $in: names } } })),
  small.map((value) => ({ $match: { $expr: { $lte: ['$m', { $add: ['$n', value] }] } } })),
  fc.constantFrom(1, -1).map((direction) => ({ $sort: { n: direction, _id: 1, l: 1 } })),
  fc.integer({ min: 1, max: 12 }).map((limit) => ({ $limit: limit })),
  fc.nat(3).map((skip) => ({ $skip: skip })),
  fc.boolean().map((isKept) => ({ $unwind: { path: '$l', preserveNullAndEmptyArrays: isKept } })),
  small.map((value) => ({ $addFields: { sum: { $add: ['$n', '$m', value] }, 'in.ner': { $multiply: ['$n', 2] } } })),
  small.map((value) => ({ $set: { n: { $cond: [{ $gt: ['$n', value] }, '$n', '$m'] } } })),
  small.map((value) => ({
    $project: { g: 1, n: 1, m: { $max: ['$m', value] }, l: 1, name: { $concat: ['$g', '!'] } },
  })),
  fc.constant({ $unset: 'sum' }),
);

const ending: fc.Arbitrary<Document[]> = fc.constantFrom<Document[]>(
  [],
  [{ $group: { _id: null, n: { $sum: 1 } } }],
  [{ $group: { _id: '$g', n: { $sum: '$n' }, mean: { $avg: '$m' }, ids: { $push: '$_id' } } }, { $sort: { _id: 1 } }],
  [
    { $group: { _id: { g: '$g', isBig: { $gt: ['$n', 0] } }, lo: { $min: '$m' }, hi: { $max: '$m' }, n: { $sum: 1 } } },
    { $sort: { '_id.g': 1, '_id.isBig': 1 } },
  ],
  [{ $group: { _id: null, first: { $first: '$n' }, last: { $last: '$n' } } }],
  [{ $sortByCount: '$g' }, { $sort: { _id: 1 } }],
  [
    {
      $facet: {
        all: [{ $group: { _id: '$g' } }, { $sort: { _id: 1 } }],
        few: [{ $sort: { _id: -1, l: 1 } }, { $limit: 2 }, { $project: { n: 1 } }],
      },
    },
  ],
  [{ $replaceWith: { both: ['$n', '$m'], id: '$_id' } }],
);

const pipeline = fc.tuple(fc.array(stage, { maxLength: 4 }), ending).map(([stages, last]) => [...stages, ...last]);

export const aggregateEqualsMingo: Property = {
  area: 'aggregate = mingo',
  sentence: 'makes of a pipeline what mingo makes of it where mingo agrees with MongoDB',
  async prove(db, rounds) {
    let comparisons = 0;
    const questions = fc.array(pipeline, { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 15 }).map(numbered), questions, async (stored, pipelines) => {
        const collection = await fill(db, 'mingo pipelines', stored);
        for (const stages of pipelines) {
          const found = await collection.aggregate(stages).toArray();
          const expected = new Aggregator(structuredClone(stages)).run(structuredClone(stored));
          demandEqual(stages, showUnordered(found), showUnordered(expected));
          comparisons++;
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};
