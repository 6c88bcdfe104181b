import type { Document } from 'mongodb';
import { badDates, dateCases, dateDocument } from '../../src/aggregate/expression/date.cases.ts';
import { expressionCases, MISSING } from '../../src/aggregate/expression/expression.cases.ts';
import { inventory, pipelineCases, sales } from '../../src/aggregate/pipeline.cases.ts';
import { fillOnce, type GoldenArea, type GoldenCase } from './golden-case.ts';
import { outcomeOf, rawReply, showDocuments, showQuestion } from './outcome.ts';

/** Documents of a case without `_id` are numbered in their order, and the pipeline begins by taking that off again. */
function askPipeline(stages: readonly Document[], input: readonly Document[]): GoldenCase['ask'] {
  const isNumbered = input.every((document) => !('_id' in document));
  const documents = isNumbered ? input.map((document, _id) => ({ _id, ...document })) : input;
  const pipeline = isNumbered ? [{ $unset: '_id' }, ...stages] : [...stages];
  return (db) =>
    outcomeOf(async () => {
      const collection = await fillOnce(db, 'pipelines', documents);
      return showDocuments(await collection.aggregate(pipeline, rawReply).toArray());
    });
}

const pipelines: readonly GoldenCase[] = [...pipelineCases.values()].flat().map(({ stages, result, input }) => {
  const ask = askPipeline(stages, input ?? sales);
  return {
    area: 'pipeline',
    name: showQuestion(stages, ...(input ? [input] : [])),
    expected: typeof result === 'number' ? `error ${result}` : showDocuments(result),
    ask: async (db) => {
      await fillOnce(db, 'inventory', inventory);
      return ask(db);
    },
  };
});

// $replaceWith takes any expression where $project would read a number or a boolean as inclusion.
function expressionCase(area: GoldenArea, expression: unknown, document: Document, expected: string): GoldenCase {
  const ask = askPipeline([{ $replaceWith: { result: expression } }], [document]);
  return { area, name: showQuestion({ expression }, document), expected, ask };
}

const showResult = (result: unknown): string => showDocuments([result === MISSING ? {} : { result }]);

const expressions: readonly GoldenCase[] = [...expressionCases.values()]
  .flat()
  .map(({ expression, document, result, code }) =>
    expressionCase('expression', expression, document, code === undefined ? showResult(result) : `error ${code}`),
  );

const dates: readonly GoldenCase[] = [
  ...dateCases.map(([expression, result]) =>
    expressionCase('date expression', expression, dateDocument, showResult(result)),
  ),
  ...badDates.map(([expression, code]) => expressionCase('date expression', expression, dateDocument, `error ${code}`)),
];

export const goldenPipelines: readonly GoldenCase[] = [...pipelines, ...expressions, ...dates];
