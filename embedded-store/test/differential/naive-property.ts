import fc from 'fast-check';
import { BSON } from 'mongodb';
import { decodeDocument } from '../../src/bson/index.ts';
import { smallDocument, smallFilter } from '../../src/match/filter.arbitrary.ts';
import { matchesNaively } from '../../src/match/naive-matcher.ts';
import { fill } from './golden-case.ts';
import { showQuestion } from './outcome.ts';
import { demandEqual, numbered, type Property } from './property.ts';

const documents = fc.array(smallDocument, { maxLength: 20 }).map(numbered);
const filters = fc.array(smallFilter, { minLength: 8, maxLength: 8 });

export const findEqualsNaiveMatcher: Property = {
  area: 'find = naive matcher',
  sentence: 'finds what a plain reading of the query language finds in the decoded documents',
  async prove(db, rounds) {
    let comparisons = 0;
    await fc.assert(
      fc.asyncProperty(documents, filters, async (stored, questions) => {
        const collection = await fill(db, 'naive', stored);
        const decoded = stored.map((document) => decodeDocument(BSON.serialize(document)));
        for (const filter of questions) {
          const found = await collection.find(filter, { sort: { _id: 1 }, projection: { _id: 1 } }).toArray();
          const typed = decodeDocument(BSON.serialize(filter));
          const expected = decoded.filter((document) => matchesNaively(typed, document)).map(({ _id }) => Number(_id));
          const answer = JSON.stringify(found.map(({ _id }) => Number(_id)));
          demandEqual(showQuestion(filter, stored), answer, JSON.stringify(expected));
          comparisons++;
        }
      }),
      { numRuns: rounds },
    );
    return comparisons;
  },
};
