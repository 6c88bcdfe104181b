import type { Document } from 'bson';
import { compileFilter, compileProjection, compileSort, describeFilter } from '../match/index.ts';
import { createTimeLimit, streamOf } from '../cursor/document-stream.ts';
import { openQueryStream, type QueryRequest } from '../cursor/query-stream.ts';
import { choosePlan } from '../plan/choose-plan.ts';
import { keyOfIdValue, onlyIdOf } from '../plan/id-access.ts';
import { afterKey } from '../storage/key-bytes.ts';
import type { PlanCursor } from '../plan/plan-cursor.ts';
import {
  type CommandHandler,
  booleanOf,
  collectionNameOf,
  optionalCount,
  optionalDocument,
  optionalNumber,
} from './command.ts';
import { replyWithCursor } from './cursor-commands.ts';
import type { Engine } from '../server/engine.ts';
import type { Collection } from '../catalog/collection.ts';

export const find: CommandHandler = (request) => {
  const { engine, db, fields } = request;
  const name = collectionNameOf(request);
  const namespace = `${db}.${name}`;
  const limit = optionalNumber(fields, 'limit') ?? 0;
  const query = readQuery(fields);
  const collection = engine.catalog.find(db, name);
  const stream = collection ? openQueryStream(engine.store, planQuery(engine, collection, query)) : streamOf([]);
  return replyWithCursor(engine, namespace, stream, {
    batchSize: optionalCount(fields, 'batchSize') ?? (limit < 0 ? Math.abs(limit) : undefined),
    isSingleBatch: booleanOf(fields, 'singleBatch') || limit < 0,
    isTimeoutOff: booleanOf(fields, 'noCursorTimeout'),
    ...(collection && { collectionId: collection.id }),
  });
};

/** What a find-like command asks for, read and checked before the collection is looked up. */
export interface Query {
  filter: Document;
  sort: Document | undefined;
  projection: Document | undefined;
  let: Document | undefined;
  skip: number;
  limit: number;
  hint: unknown;
  maxTimeMs: number;
}

export function readQuery(fields: Record<string, unknown>): Query {
  return {
    filter: optionalDocument(fields, 'filter') ?? {},
    sort: optionalDocument(fields, 'sort'),
    projection: optionalDocument(fields, 'projection'),
    let: optionalDocument(fields, 'let'),
    skip: optionalCount(fields, 'skip') ?? 0,
    limit: Math.abs(optionalNumber(fields, 'limit') ?? 0),
    hint: fields['hint'],
    maxTimeMs: optionalCount(fields, 'maxTimeMS') ?? 0,
  };
}

/** Compiles and plans a query; `onOpen` sees the plan's cursor, for explain. */
export function planQuery(
  engine: Engine,
  collection: Collection,
  query: Query,
  onOpen?: (cursor: PlanCursor) => void,
): QueryRequest {
  const quick = planById(collection, query);
  if (quick) return { ...quick, ...(onOpen && { onOpen }) };
  const shape = describeFilter(query.filter);
  const filter = compileFilter(query.filter, { let: query.let });
  const sort = query.sort && !isEmpty(query.sort) ? query.sort : undefined;
  // $natural asks for storage order, which is the order of a scan.
  const natural = sort ? naturalDirection(sort) : undefined;
  const compiled = sort && natural === undefined ? compileSort(sort) : undefined;
  const plan = choosePlan(engine.store, {
    collection,
    shape,
    sort: natural === undefined ? compiled?.fields : [['_id', natural]],
    hint: natural === undefined ? query.hint : { $natural: natural },
  });
  const isEverything = shape.exact && shape.and.length === 0;
  return {
    collection,
    plan,
    matcher: isEverything ? undefined : filter,
    sort: plan.isSorted ? undefined : compiled,
    skip: query.skip,
    limit: query.limit,
    project:
      query.projection && !isEmpty(query.projection)
        ? compileProjection(query.projection, { filter, let: query.let })
        : undefined,
    timeLimit: createTimeLimit(query.maxTimeMs),
    ...(onOpen && { onOpen }),
  };
}

/** A look-up by `_id` alone needs neither planner nor matcher. */
function planById(collection: Collection, query: Query): QueryRequest | undefined {
  const id = query.hint === undefined && query.projection === undefined ? onlyIdOf(query.filter) : undefined;
  if (id === undefined) return undefined;
  const from = keyOfIdValue(collection, id);
  return {
    collection,
    plan: {
      access: { kind: 'ids', ranges: [{ from, to: afterKey(from) }], reverse: false },
      isSorted: true,
      isExact: true,
    },
    matcher: undefined,
    skip: query.skip,
    limit: query.limit,
    timeLimit: createTimeLimit(query.maxTimeMs),
  };
}

function naturalDirection(sort: Document): 1 | -1 | undefined {
  const direction = sort['$natural'];
  if (direction === undefined) return undefined;
  return Number(String(direction)) < 0 ? -1 : 1;
}

function isEmpty(document: Document): boolean {
  return document instanceof Map ? document.size === 0 : Object.keys(document).length === 0;
}
