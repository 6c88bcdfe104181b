import { serialize } from 'bson';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from 'mongodb';
import { startTestStore, type TestStore } from '../../test/start-test-store.ts';

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'ab', 'b', '', 'a\0b'),
  fc.constantFrom<unknown>(null, true, false, 1.5, Number.NaN, new Date(0), new Date(5)),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar }) },
);
const document = fc.record({ a: value, b: value, c: scalar }, { requiredKeys: [] });

const path = fc.constantFrom('a', 'b', 'c', 'a.x', '_id');
const condition: fc.Arbitrary<Document> = fc
  .tuple(
    path,
    fc.oneof(
      scalar,
      scalar.map((operand) => ({ $gt: operand })),
      scalar.map((operand) => ({ $gte: operand })),
      scalar.map((operand) => ({ $lt: operand })),
      scalar.map((operand) => ({ $lte: operand })),
      fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
      fc.array(scalar, { maxLength: 3 }).map((operands) => ({ $in: operands })),
      fc.boolean().map((operand) => ({ $exists: operand })),
      fc.constant({ $regex: '^a' }),
      fc.constant({ $elemMatch: { $gt: 0 } }),
    ),
  )
  .map(([name, test]) => ({ [name]: test }));
const filter = fc.oneof(
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((all) => ({ $and: all })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ $or: any })),
  fc.tuple(condition, condition, condition).map(([one, two, three]) => ({ ...one, $or: [two, three] })),
);
const sort = fc.constantFrom<[string, 1 | -1][]>(
  [],
  [['a', 1]],
  [['a', -1]],
  [
    ['b', 1],
    ['c', -1],
  ],
  [['_id', -1]],
  [
    ['c', 1],
    ['_id', 1],
  ],
);

const indexes = [
  { key: { a: 1 } },
  { key: { b: 1, c: -1 } },
  { key: { c: -1, a: 1 } },
  { key: { 'a.x': 1 }, sparse: true },
  { key: { b: -1 }, name: 'partial', partialFilterExpression: { c: { $gt: 0 } } },
] as const;

describe('the planner', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store.stop());

  it('[STORE-8] finds by an index exactly what a full scan finds, in the same order of the sort', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 25 }),
        fc.array(filter, { minLength: 4, maxLength: 4 }),
        sort,
        async (documents, filters, order) => {
          const plain = store.db.collection<Document>(`plain${run}`);
          const indexed = store.db.collection<Document>(`indexed${run++}`);
          const all = documents.map((given, _id) => ({ _id, ...given }));
          await indexed.createIndexes(indexes.map((index) => ({ ...index, key: { ...index.key } })));
          if (all.length > 0) await Promise.all([plain.insertMany(all as never), indexed.insertMany(all as never)]);
          for (const query of filters) {
            // Ties are broken by _id on both sides, or the order among equals would be chance.
            const tied = order.some(([name]) => name === '_id') ? order : [...order, ['_id', 1] as [string, 1]];
            const want = await plain.find(query, { sort: tied }).toArray();
            const found = await indexed.find(query, { sort: tied }).toArray();
            const bytes = (list: Document[]): string[] =>
              list.map((one) => Buffer.from(serialize(one)).toString('hex'));
            expect({ query, found: bytes(found) }).toEqual({ query, found: bytes(want) });
            expect(await indexed.countDocuments(query)).toBe(want.length);
            expect((await store.db.command({ count: indexed.collectionName, query }))['n']).toBe(want.length);
          }
          const validation = await store.db.command({ validate: indexed.collectionName });
          expect(validation['errors']).toEqual([]);
          await Promise.all([plain.drop(), indexed.drop()]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
