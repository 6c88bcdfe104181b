import type { Document } from 'bson';
import type { Raw } from '../../bson/element.ts';
import { encodeDocument } from '../../bson/encode.ts';
import { RawDocument } from '../../bson/decode.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { describeType } from '../expression/arguments.ts';
import { type Batches, inBatches, type StageCompiler } from './stage.ts';

const NOT_IN_FACET = new Set(['$out', '$merge', '$facet', '$indexStats', '$collStats', '$geoNear', '$planCacheStats']);

/** `$facet`: several pipelines over the same documents, one document with all their results. */
export const facet: StageCompiler = (argument, context, compile) => {
  if (!isDocument(argument))
    throw new StoreError(
      40169,
      `the $facet specification must be a non-empty object, but found ${describeType(argument)}`,
    );
  const branches = [...entriesOf(argument)].map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is type ${describeType(stages)}`);
    for (const stage of stages) {
      const [first] = isDocument(stage) ? entriesOf(stage) : [];
      if (first && NOT_IN_FACET.has(first[0]))
        throw new StoreError(40600, `${first[0]} is not allowed to be used within a $facet stage`);
    }
    return { name, pipeline: compile(stages, context) };
  });
  if (branches.length === 0) throw new StoreError(40169, 'the $facet specification must be a non-empty object');
  return {
    reads: 'all',
    isPassing: false,
    async *run(input) {
      const documents = await collect(input);
      const result = new Map<string, unknown>();
      for (const { name, pipeline } of branches) {
        const found = await collect(pipeline.run(replay(documents)));
        result.set(
          name,
          found.map((raw) => new RawDocument(raw)),
        );
      }
      yield [encodeDocument(result)];
    },
  };
};

async function collect(batches: Batches): Promise<Raw[]> {
  const all: Raw[] = [];
  for await (const batch of batches) for (const raw of batch) all.push(raw);
  return all;
}

async function* replay(documents: readonly Raw[]): Batches {
  yield* inBatches(documents);
}

/** `$unionWith`: what came so far, then the documents of another collection. */
export const unionWith: StageCompiler = (argument, context, compile) => {
  const given = isDocument(argument) ? new Map(entriesOf(argument)) : new Map<string, unknown>([['coll', argument]]);
  for (const key of given.keys()) {
    if (key !== 'coll' && key !== 'pipeline')
      throw new StoreError(40415, `BSON field '$unionWith.${key}' is an unknown field.`);
  }
  const collection = given.get('coll');
  const pipeline = given.get('pipeline') ?? [];
  if (typeof collection !== 'string') throw new StoreError(9, '$unionWith needs the name of a collection');
  if (!Array.isArray(pipeline)) throw new StoreError(14, "'pipeline' option must be specified as an array");
  compile(pipeline, context);
  const { lookup } = context;
  if (!lookup) throw refuse(2, '$unionWith outside of a database');
  return {
    reads: 'all',
    isPassing: true,
    async *run(input) {
      yield* input;
      yield* lookup(collection, pipeline as Document[], context.let);
    },
  };
};
