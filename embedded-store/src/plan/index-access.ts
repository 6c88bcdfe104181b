import type { Collection, IndexDefinition } from '../catalog/collection.ts';
import { boundBytes } from '../index/entry-key.ts';
import { directionsOf } from '../index/index-entries.ts';
import { afterPrefix, uint32Key } from '../storage/key-bytes.ts';
import { arePoints, type FieldIntervals, intervalsOf, type Predicate } from './field-intervals.ts';
import { everything, type Interval, inverted, rangeOf } from './interval.ts';
import type { ByteRange, Plan, SortFields } from './plan.ts';

/** So many combinations of `$in` values are looked up in any collection. */
const alwaysRanges = 100;
/** Beyond this the remaining fields are left to the matcher, however large the collection. */
const mostRanges = 100_000;

export interface IndexCandidate extends Plan {
  /** Fields held to points, then whether one more is held to a stretch: more is better. */
  pointFields: number;
  hasRange: boolean;
}

/** The index as a way to answer a query; undefined when neither bounds nor order come of it. */
export function readIndexCandidate(
  collection: Collection,
  index: IndexDefinition,
  predicates: ReadonlyMap<string, readonly Predicate[]>,
  sort: SortFields | undefined,
  isShapeExact: boolean,
): IndexCandidate | undefined {
  const candidate = readIndexAccess(collection, index, predicates, sort, isShapeExact);
  const isBounded = candidate.pointFields > 0 || candidate.hasRange;
  return isBounded || (sort && candidate.isSorted) ? candidate : undefined;
}

/** Bounds an index by equality prefix, then one range; unbounded it is walked whole, in its own order. */
export function readIndexAccess(
  collection: Collection,
  index: IndexDefinition,
  predicates: ReadonlyMap<string, readonly Predicate[]>,
  sort: SortFields | undefined,
  isShapeExact: boolean,
): IndexCandidate {
  const bounds: Interval[][] = [];
  const usedRoots = new Set<string>();
  let ranges: ByteRange[] = [{ from: uint32Key(index.id), to: uint32Key(index.id + 1) }];
  let prefixes: Buffer[] = [uint32Key(index.id)];
  let pointFields = 0;
  let hasRange = false;
  let isExact = isShapeExact && !index.isMultikey && !index.hasCutKeys;
  const boundPaths = new Set<string>();
  const directions = directionsOf(index);

  for (const [position, [path]] of index.fields.entries()) {
    const root = path.split('.', 1)[0] as string;
    // Two paths into one array: the entries pair values of the same element, the query may mean different ones.
    if (index.isMultikey && usedRoots.has(root)) break;
    usedRoots.add(root);
    const given = predicates.get(path) ?? [];
    const read =
      intervalsOf(given, index.isMultikey) ?? (position === 0 ? intervalsOfExisting(index, given) : undefined);
    if (!read) break;
    if (read.intervals.length === 0)
      return { access: { kind: 'nothing' }, isSorted: true, isExact: true, pointFields: 99, hasRange };
    if (prefixes.length * read.intervals.length > maxRangesOf(collection)) break;
    const direction = directions[position] as 1 | -1;
    const intervals = direction === 1 ? read.intervals : [...read.intervals].reverse();
    boundPaths.add(path);
    bounds.push(intervals);
    if (!read.isExact) isExact = false;
    ranges = prefixes.flatMap((prefix) => intervals.map((interval) => rangeOf(prefix, interval, direction)));
    if (!arePoints(intervals)) {
      hasRange = true;
      break;
    }
    pointFields++;
    prefixes = prefixes.flatMap((prefix) =>
      intervals.map(({ low }) => Buffer.concat([prefix, direction === 1 ? low.bytes : inverted(low.bytes)])),
    );
  }
  if ([...predicates.keys()].some((path) => !boundPaths.has(path))) isExact = false;
  const order = sort ? orderFrom(collection, index, bounds, sort) : 'forward';
  while (bounds.length < index.fields.length) bounds.push([everything]);
  const isCut = ranges.some(({ from, to }) => from.length > boundBytes || to.length > boundBytes);
  return {
    access: { kind: 'index', index, ranges: isCut ? cutRanges(ranges) : ranges, reverse: order === 'backward', bounds },
    isSorted: order !== undefined,
    isExact: isExact && !isCut,
    pointFields,
    hasRange,
  };
}

/** A range costs about what a document does that is read in a scan: with more of them than documents nothing is gained. */
function maxRangesOf({ count }: Collection): number {
  return Math.max(alwaysRanges, Math.min(count, mostRanges));
}

/** A field that only has to be there is no bound, but an index that leaves documents out is shorter than the collection. */
function intervalsOfExisting(index: IndexDefinition, given: readonly Predicate[]): FieldIntervals | undefined {
  if (!index.isSparse && !index.partialFilter) return undefined;
  const mustExist = given.some(({ op, value }) => op === '$exists' && value === true);
  return mustExist ? { intervals: [everything], isExact: false } : undefined;
}

/** Which way to walk the index so that documents come sorted, or undefined when it cannot be. */
function orderFrom(
  collection: Collection,
  index: IndexDefinition,
  bounds: readonly (readonly Interval[])[],
  sort: SortFields,
): 'forward' | 'backward' | undefined {
  if (index.isMultikey || index.hasCutKeys) return undefined;
  // Entries of one value are ordered by document id, but only where the id is part of the key.
  const fields: SortFields = index.isUnique || collection.hasCutIds ? index.fields : [...index.fields, ['_id', 1]];
  const isSinglePoint = (i: number): boolean => bounds[i]?.length === 1 && bounds[i]?.[0]?.isPoint === true;
  const fixed = new Set(index.fields.filter((_, i) => isSinglePoint(i)).map(([path]) => path));
  let way: 1 | -1 | undefined;
  let at = 0;
  for (const [path, direction] of sort) {
    if (fixed.has(path)) continue;
    while (at < fields.length && isSinglePoint(at)) at++;
    const field = fields[at];
    if (!field || field[0] !== path) return undefined;
    const turn = field[1] === direction ? 1 : -1;
    if (way !== undefined && way !== turn) return undefined;
    way = turn;
    at++;
  }
  return way === -1 ? 'backward' : 'forward';
}

/**
 * Keys are cut at LMDB's limit, so bounds are cut shorter still and widened: the matcher drops what is too much.
 * Ranges that then overlap become one, or a document would come twice.
 */
function cutRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const { from, to } of ranges) {
    const next = {
      from: from.length > boundBytes ? from.subarray(0, boundBytes) : from,
      to: to.length > boundBytes ? afterPrefix(to.subarray(0, boundBytes)) : to,
    };
    const last = merged.at(-1);
    if (last && Buffer.compare(next.from, last.to) < 0) {
      if (Buffer.compare(next.to, last.to) > 0) last.to = next.to;
    } else merged.push(next);
  }
  return merged;
}
