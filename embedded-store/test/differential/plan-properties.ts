import fc from 'fast-check';
import type { Collection, Document, FindOptions, IndexDescription, Sort } from 'mongodb';
import { smallDocument, smallFilter } from '../../src/match/filter.arbitrary.ts';
import { fill } from './golden-case.ts';
import { rawReply, showDocuments, showQuestion } from './outcome.ts';
import { demandEqual, numbered, type Property } from './property.ts';

const documents = fc.array(smallDocument, { maxLength: 20 }).map(numbered);
const filters = fc.array(smallFilter, { minLength: 4, maxLength: 4 });
const scan = { $natural: 1 } as const;

/** Indexes that hold every document: a hint of one of them must not change the answer. */
const whole: readonly IndexDescription[] = [
  { key: { a: 1 } },
  { key: { b: -1 } },
  { key: { 'a.b': 1 } },
  { key: { 'a.0': 1 } },
  { key: { 'b.a': -1, _id: 1 } },
];

/** Indexes that hold some documents: taken by the planner alone, where they hold all that can match. */
const selective: readonly IndexDescription[] = [
  { key: { a: 1 }, name: 'sparse', sparse: true },
  { key: { b: 1 }, name: 'partial', partialFilterExpression: { a: { $exists: true } } },
  { key: { 'a.b': -1 }, name: 'partial range', partialFilterExpression: { b: { $gte: 1 } } },
];

async function answer(collection: Collection, filter: Document, options: FindOptions): Promise<string> {
  return showDocuments(await collection.find(filter, { sort: { _id: 1 }, ...options, ...rawReply }).toArray());
}

export const planEqualsScan: Property = {
  area: 'index plan = full scan',
  sentence: '[STORE-8] finds and counts by every index, and by the one it chooses, what a full scan finds',
  async prove(db, rounds) {
    let comparisons = 0;
    await db.collection('plans').createIndexes([...whole, ...selective]);
    await fc.assert(
      fc.asyncProperty(documents, filters, async (stored, questions) => {
        const collection = await fill(db, 'plans', stored);
        for (const filter of questions) {
          const expected = await answer(collection, filter, { hint: scan });
          const count = await collection.countDocuments(filter, { hint: scan });
          for (const hint of [undefined, ...whole.map(({ key }) => key as Document)]) {
            const options = hint === undefined ? {} : { hint };
            const question = showQuestion(filter, options);
            demandEqual(question, await answer(collection, filter, options), expected);
            demandEqual(question, String(await collection.countDocuments(filter, options)), String(count));
            comparisons += 2;
          }
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};

/** What each selective index holds. */
const holdings: readonly { hint: string; held: Document }[] = [
  { hint: 'sparse', held: { a: { $exists: true } } },
  { hint: 'partial', held: { a: { $exists: true } } },
  { hint: 'partial range', held: { b: { $gte: 1 } } },
];

export const hintedIndexAnswersWhatItHolds: Property = {
  area: 'hint of a sparse or partial index',
  sentence: '[STORE-7] finds and counts by a hinted sparse or partial index what it holds of the answer',
  async prove(db, rounds) {
    let comparisons = 0;
    await db.collection('hints').createIndexes([...selective]);
    await fc.assert(
      fc.asyncProperty(documents, filters, async (stored, questions) => {
        const collection = await fill(db, 'hints', stored);
        for (const filter of [{}, ...questions]) {
          for (const { hint, held } of holdings) {
            const both = { $and: [filter, held] };
            const question = showQuestion(filter, { hint });
            const expected = await answer(collection, both, { hint: scan });
            demandEqual(question, await answer(collection, filter, { hint }), expected);
            const count = await collection.countDocuments(both, { hint: scan });
            demandEqual(question, String(await collection.countDocuments(filter, { hint })), String(count));
            comparisons += 2;
          }
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};

/** Orders with the index that brings them; `_id` last, or the order among equals would be chance. */
const orders: readonly { sort: Record<string, 1 | -1>; index: Record<string, 1 | -1> }[] = [
  { sort: { a: 1, _id: 1 }, index: { a: 1, _id: 1 } },
  { sort: { a: -1, _id: -1 }, index: { a: 1, _id: 1 } },
  { sort: { b: -1, _id: 1 }, index: { b: -1, _id: 1 } },
  { sort: { 'a.b': 1, _id: -1 }, index: { 'a.b': 1, _id: -1 } },
];

async function sortsInMemory(collection: Collection, sort: Sort, hint: Document): Promise<boolean> {
  const explained = await collection.find({}, { sort, hint }).explain('queryPlanner');
  return JSON.stringify((explained['queryPlanner'] as Document)['winningPlan']).includes('"SORT"');
}

export const indexSortEqualsMemorySort: Property = {
  area: 'sort by index = memory sort',
  sentence: '[STORE-7] brings documents by an index in the order that a sort in memory gives them',
  async prove(db, rounds) {
    let comparisons = 0;
    const page = fc.record({ skip: fc.nat(5), limit: fc.nat(10) });
    const plain = await fill(db, 'sorts', numbered([{ a: 1, b: 1 }]));
    await plain.createIndexes(orders.map(({ index }) => ({ key: index })));
    // Or both sides of the comparison would be one and the same sort.
    for (const { sort, index } of orders) {
      demandEqual(index, String(await sortsInMemory(plain, sort, index)), 'false');
      demandEqual(scan, String(await sortsInMemory(plain, sort, scan)), 'true');
    }
    await fc.assert(
      fc.asyncProperty(documents, filters, page, async (stored, questions, { skip, limit }) => {
        const collection = await fill(db, 'sorts', stored);
        for (const filter of [{}, ...questions]) {
          for (const { sort, index } of orders) {
            const options = { sort, skip, limit };
            const expected = await answer(collection, filter, { ...options, hint: scan });
            const found = await answer(collection, filter, { ...options, hint: index });
            demandEqual(showQuestion(filter, options), found, expected);
            comparisons++;
          }
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};
