import { compareBson, encodeKey, type Raw } from '../bson/index.ts';
import { valuesAtPath } from '../collection/distinct-values.ts';
import { streamOf } from '../cursor/document-stream.ts';
import { openQueryStream } from '../cursor/query-stream.ts';
import { countAccess } from '../plan/plan-cursor.ts';
import {
  type CommandHandler,
  collectionNameOf,
  optionalCount,
  optionalDocument,
  optionalNumber,
  wrongType,
} from './command.ts';
import { planQuery, type Query, readQuery } from './find.ts';

const pieces = 1_000;

export const count: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const collection = engine.catalog.find(db, collectionNameOf(request));
  const limit = Math.abs(optionalNumber(fields, 'limit') ?? 0);
  const skip = optionalCount(fields, 'skip') ?? 0;
  if (!collection) return { n: 0 };
  const query: Query = {
    ...readQuery(fields),
    filter: optionalDocument(fields, 'query') ?? {},
    skip,
    limit,
    sort: undefined,
    projection: undefined,
  };
  const planned = planQuery(engine, collection, query);
  const clip = (n: number): number => Math.min(Math.max(0, n - skip), limit || Number.POSITIVE_INFINITY);
  const { access, isExact } = planned.plan;
  if (access.kind === 'scan' && !planned.matcher) return { n: clip(collection.count) };
  if (isExact) return { n: clip(countAccess(engine.store, access)) };
  const stream = openQueryStream(engine.store, planned);
  let n = 0;
  for (;;) {
    const batch = await stream.pull(pieces);
    n += batch.length;
    if (batch.length < pieces) return { n };
  }
};

export const distinct: CommandHandler = async (request) => {
  const { engine, db, fields } = request;
  const collection = engine.catalog.find(db, collectionNameOf(request));
  const key = fields['key'];
  if (typeof key !== 'string') throw wrongType('distinct.key', key, 'string');
  const query: Query = {
    ...readQuery(fields),
    filter: optionalDocument(fields, 'query') ?? {},
    sort: undefined,
    projection: undefined,
  };
  const stream = collection ? openQueryStream(engine.store, planQuery(engine, collection, query)) : streamOf([]);
  const values = new Map<string, unknown>();
  let batch: Raw[];
  do {
    batch = await stream.pull(pieces);
    for (const raw of batch) {
      for (const value of valuesAtPath(raw, key)) {
        const text = encodeKey([value]).toString('latin1');
        if (!values.has(text)) values.set(text, value);
      }
    }
  } while (batch.length === pieces);
  return { values: [...values.values()].sort(compareBson) };
};
