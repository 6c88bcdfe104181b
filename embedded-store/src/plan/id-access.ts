import type { Document } from 'bson';
import { encodeKey, Type, typeOf } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { cutId, documentKey, maxIdBytes, prefixRange } from '../index/entry-key.ts';
import { afterKey, uint32Key } from '../storage/key-bytes.ts';
import { arePoints, intervalsOf, type Predicate } from './field-intervals.ts';
import { rangeOf } from './interval.ts';
import type { Access, Plan, SortFields } from './plan.ts';

/** Access by the clustered `_id`: single documents, a stretch, or (with no predicate on `_id`) the whole collection. */
export function readIdPlan(
  collection: Collection,
  predicates: ReadonlyMap<string, readonly Predicate[]>,
  sort: SortFields | undefined,
  isShapeExact: boolean,
): Plan {
  const order = sort ? orderOf(collection, sort) : 'forward';
  const reverse = order === 'backward';
  const read = intervalsOf(predicates.get('_id') ?? [], false);
  const isExact = isShapeExact && predicates.size === (read ? 1 : 0) && (read?.isExact ?? true);
  const isSorted = order !== undefined;
  if (!read) {
    const access: Access = { kind: 'scan', ranges: [prefixRange(collection.id)], reverse, bounds: undefined };
    return { access, isSorted, isExact };
  }
  if (read.intervals.length === 0) return { access: { kind: 'nothing' }, isSorted: true, isExact: true };
  if (arePoints(read.intervals)) {
    const keys = read.intervals.map(({ low }) => documentKey(collection.id, cutId(low.bytes)));
    const ranges = keys.map((key) => ({ from: key, to: afterKey(key) }));
    return { access: { kind: 'ids', ranges, reverse }, isSorted: isSorted || keys.length === 1, isExact };
  }
  const prefix = uint32Key(collection.id);
  const ranges = read.intervals.map((interval) => rangeOf(prefix, interval, 1));
  const isTooLong = ranges.some(({ from, to }) => from.length > maxIdBytes || to.length > maxIdBytes);
  if (isTooLong || collection.hasCutIds) {
    const access: Access = { kind: 'scan', ranges: [prefixRange(collection.id)], reverse, bounds: undefined };
    return { access, isSorted, isExact: false };
  }
  return { access: { kind: 'scan', ranges, reverse, bounds: read.intervals }, isSorted, isExact };
}

function orderOf(collection: Collection, sort: SortFields): 'forward' | 'backward' | undefined {
  // `_id` is unique, so whatever follows it in a sort decides nothing.
  const first = sort[0];
  if (!first) return 'forward';
  if (first[0] !== '_id' || collection.hasCutIds) return undefined;
  return first[1] === 1 ? 'forward' : 'backward';
}

/** Types whose values equal only themselves, so that a look-up by key needs no matcher behind it. */
const plainTypes = new Set<number>([
  Type.string,
  Type.objectId,
  Type.int32,
  Type.double,
  Type.int64,
  Type.date,
  Type.boolean,
]);

/** The `_id` of a filter `{_id: value}` that asks for nothing else: by far the most frequent, it needs no planning. */
export function onlyIdOf(filter: Document): unknown {
  if (filter instanceof Map) return undefined;
  for (const name in filter) if (name !== '_id') return undefined;
  const id: unknown = filter['_id'];
  return plainTypes.has(typeOf(id)) ? id : undefined;
}

/** The document key of an `_id` given as a value. */
export function keyOfIdValue(collection: Collection, id: unknown): Buffer {
  return documentKey(collection.id, cutId(encodeKey([id])));
}
