import type { Db, Document } from 'mongodb';
import { badFilters, filterCases } from '../../src/match/filter.cases.ts';
import { projectionCases } from '../../src/match/projection/projection.cases.ts';
import { fillOnce, type GoldenCase, withId } from './golden-case.ts';
import { outcomeOf, rawReply, showDocuments, showQuestion } from './outcome.ts';

type Find = (db: Db, filter: Document, document: Document) => Promise<number>;

const find: Find = async (db, filter, document) =>
  (await (await fillOnce(db, 'filters', [document])).find(filter).toArray()).length;

const findInMatch: Find = async (db, filter, document) =>
  (await (await fillOnce(db, 'filters', [document])).aggregate([{ $match: filter }]).toArray()).length;

/** The path of a filter that an index can serve, with an index built for it before the document comes. */
const findByIndex: Find = async (db, filter, document) => {
  const path = indexedPathOf(filter) ?? '_id';
  await db.collection('indexed').createIndex({ [path]: 1 });
  const collection = await fillOnce(db, 'indexed', [document]);
  return (await collection.find(filter, { hint: { [path]: 1 } }).toArray()).length;
};

const indexedPathOf = (filter: Document): string | undefined => Object.keys(filter).find((key) => !key.startsWith('$'));

const ways = [
  { area: 'filter', find },
  { area: 'filter in $match', find: findInMatch },
  { area: 'filter by index', find: findByIndex },
] as const;

const matching: readonly GoldenCase[] = Object.values(filterCases)
  .flat()
  .flatMap(([filter, document, isMatch]) =>
    ways
      .filter(({ area }) => area !== 'filter by index' || indexedPathOf(filter) !== undefined)
      .map(({ area, find: count }) => ({
        area,
        name: showQuestion(filter, document),
        expected: isMatch ? 'found' : 'not found',
        ask: (db) => outcomeOf(async () => ((await count(db, filter, withId(document))) > 0 ? 'found' : 'not found')),
      })),
  );

const refused: readonly GoldenCase[] = badFilters.map(([filter, code]) => ({
  area: 'refused filter',
  name: showQuestion(filter),
  expected: `error ${code}`,
  ask: (db) => outcomeOf(async () => String(await find(db, filter, { _id: 1 }))),
}));

/** What is expected with the `_id` that the case leaves out, where the projection does not hide it. */
function expectedOf([spec, document, result]: (typeof projectionCases)[number]): string {
  if (typeof result === 'number') return `error ${result}`;
  return showDocuments(['_id' in document || spec['_id'] === 0 ? result : withId(result)]);
}

const projections: readonly GoldenCase[] = projectionCases.map((given) => {
  const [projection, document, , filter = {}] = given;
  return {
    area: 'projection',
    name: showQuestion(projection, document, ...(given[3] ? [{ filter }] : [])),
    expected: expectedOf(given),
    ask: (db) =>
      outcomeOf(async () => {
        const collection = await fillOnce(db, 'projections', [withId(document)]);
        return showDocuments(await collection.find(filter, { projection, ...rawReply }).toArray());
      }),
  };
});

export const goldenFilters: readonly GoldenCase[] = [...matching, ...refused, ...projections];
