import { isDocument } from '../../bson/value.ts';
import { StoreError } from '../../bson/store-error.ts';
import { compileFilter } from '../../match/compile-filter.ts';
import { bucketAuto } from './bucket-auto.ts';
import { facet, unionWith } from './branch-stages.ts';
import { bucket, count, sortByCount } from './derived-stages.ts';
import { group } from './group.ts';
import { lookup } from './lookup.ts';
import { compileSortStage, limit, sample, skip } from './order-stages.ts';
import { shapes } from './shape-stages.ts';
import { mapping, type StageCompiler } from './stage.ts';
import { unwind } from './unwind.ts';

const match: StageCompiler = (argument, context) => {
  if (!isDocument(argument)) throw new StoreError(15959, 'the match filter must be an expression in an object');
  const { test } = compileFilter(argument, context);
  return {
    reads: 'all',
    isPassing: true,
    async *run(input) {
      for await (const batch of input) yield batch.filter(test);
    },
  };
};

const shapeStages = Object.fromEntries(
  Object.entries(shapes).map(([name, compile]): [string, StageCompiler] => [
    name,
    (argument, context) => {
      const shape = compile(argument, context);
      return mapping(shape, shape.neededFields, name !== '$project' && !name.startsWith('$replace'));
    },
  ]),
);

/** Every stage but those that write or report, which the server carries out. */
export const stages: Readonly<Record<string, StageCompiler>> = {
  ...shapeStages,
  $match: match,
  $sort: (argument) => compileSortStage(argument, undefined),
  $limit: limit,
  $skip: skip,
  $sample: sample,
  $group: group,
  $count: count,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $unwind: unwind,
  $lookup: lookup,
  $facet: facet,
  $unionWith: unionWith,
};

/** Stages that MongoDB has and this store refuses. */
export const REFUSED_STAGES: ReadonlySet<string> = new Set([
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$collStats',
  '$currentOp',
  '$densify',
  '$documents',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$listLocalSessions',
  '$listSessions',
  '$listSearchIndexes',
  '$planCacheStats',
  '$redact',
  '$search',
  '$searchMeta',
  '$setWindowFields',
  '$shardedDataDistribution',
  '$vectorSearch',
]);
