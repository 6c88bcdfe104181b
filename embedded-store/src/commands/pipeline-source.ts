import type { Document } from 'bson';
import type { Pipeline } from '../aggregate/index.ts';
import type { Raw } from '../bson/index.ts';
import type { DocumentStream } from '../cursor/document-stream.ts';
import { openQueryStream, type QueryRequest } from '../cursor/query-stream.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Engine } from '../server/engine.ts';
import { planQuery } from './find.ts';

const pieces = 1_000;

export interface SourceOptions {
  hint?: unknown;
  let?: Document | undefined;
}

/** Runs a compiled pipeline over a collection; its leading `$match`, `$sort` and `$limit` are answered by the planner. */
export async function* runOnCollection(
  engine: Engine,
  db: string,
  name: string,
  pipeline: Pipeline,
  options: SourceOptions,
): AsyncIterable<Raw[]> {
  const collection = engine.catalog.find(db, name);
  const request = collection && planSource(engine, collection, pipeline, options);
  const isSorted = request?.plan.isSorted === true && pipeline.leadingSort !== undefined;
  const input = request ? batchesOf(openQueryStream(engine.store, request)) : nothing();
  yield* pipeline.run(input, { isMatched: true, isSorted });
}

/** A sort that no index brings is left to the pipeline, which knows how many documents it must keep. */
export function planSource(
  engine: Engine,
  collection: Collection,
  pipeline: Pipeline,
  options: SourceOptions,
): QueryRequest {
  const request = planQuery(engine, collection, {
    filter: pipeline.leadingMatch ?? {},
    sort: pipeline.leadingSort,
    projection: undefined,
    let: options.let,
    skip: 0,
    limit: 0,
    hint: options.hint,
    maxTimeMs: 0,
  });
  const isOrdered = request.plan.isSorted || !pipeline.leadingSort;
  return { ...request, sort: undefined, limit: isOrdered ? (pipeline.leadingLimit ?? 0) : 0 };
}

async function* nothing(): AsyncIterable<Raw[]> {}

async function* batchesOf(stream: DocumentStream): AsyncIterable<Raw[]> {
  for (;;) {
    const batch = await stream.pull(pieces);
    if (batch.length > 0) yield batch;
    if (batch.length < pieces) return;
  }
}
