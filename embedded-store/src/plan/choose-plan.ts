import { compareBson, StoreError } from '../bson/index.ts';
import type { Collection, IndexDefinition } from '../catalog/collection.ts';
import { idIndexName } from '../catalog/collection.ts';
import type { FilterDescription } from '../match/index.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import type { Predicate } from './field-intervals.ts';
import { readIdPlan } from './id-access.ts';
import { impliesPartialFilter } from './implies.ts';
import { type IndexCandidate, readIndexAccess, readIndexCandidate } from './index-access.ts';
import type { Access, Plan, SortFields } from './plan.ts';

export interface PlanRequest {
  collection: Collection;
  shape: FilterDescription;
  sort?: SortFields | undefined;
  /** An index name, a key pattern, or `{$natural: ±1}`. */
  hint?: unknown;
}

type Predicates = ReadonlyMap<string, readonly Predicate[]>;

/** How many keys are counted to tell two candidate indexes apart: enough to see which is selective. */
const sampleKeys = 128;

/** Picks the access for a query: `_id`, else the best index by equality, range, sort; else `$or` by parts; else a scan. */
export function choosePlan(store: OrderedStore, request: PlanRequest): Plan {
  const { collection, shape, sort, hint } = request;
  const predicates = groupByPath(shape.and);
  const isShapeExact = shape.exact && !shape.or?.length;
  if (hint !== undefined && hint !== null) return followHint(request, predicates, isShapeExact);
  const byId = readIdPlan(collection, predicates, sort, isShapeExact);
  if (byId.access.kind === 'ids' || byId.access.kind === 'nothing') return byId;
  const candidates = usableIndexes(collection, predicates)
    .map((index) => readIndexCandidate(collection, index, predicates, sort, isShapeExact))
    .filter((candidate) => candidate !== undefined);
  const best = pickBest(store, candidates);
  if (best && isBounded(best)) return best;
  if (byId.access.kind === 'scan' && byId.access.bounds) return byId;
  const union = planUnion(store, request);
  if (union) return union;
  // A walk of an index for its order alone costs a look-up per document: worth it only if the scan must be sorted.
  return best && !byId.isSorted ? best : byId;
}

export function groupByPath(predicates: readonly Predicate[]): Map<string, Predicate[]> {
  const grouped = new Map<string, Predicate[]>();
  for (const predicate of predicates) {
    const known = grouped.get(predicate.path);
    if (known) known.push(predicate);
    else grouped.set(predicate.path, [predicate]);
  }
  return grouped;
}

function usableIndexes(collection: Collection, predicates: Predicates): IndexDefinition[] {
  return collection.indexes.filter((index) => !index.isHidden && holdsAllMatches(index, predicates));
}

/** Whether no document that the query wants is left out of the index. */
function holdsAllMatches(index: IndexDefinition, predicates: Predicates): boolean {
  if (index.partialFilter && !impliesPartialFilter(predicates, index.partialFilter)) return false;
  if (!index.isSparse) return true;
  // A sparse index leaves out documents with none of its fields, and only a predicate on one of them rules those out.
  return index.fields.some(([path]) => {
    const given = predicates.get(path);
    return given !== undefined && impliesPartialFilter(predicates, { [path]: { $exists: true } });
  });
}

function isBounded(candidate: IndexCandidate): boolean {
  return candidate.pointFields > 0 || candidate.hasRange;
}

function scoreOf(candidate: IndexCandidate): number {
  return (
    candidate.pointFields * 10 +
    (candidate.hasRange ? 5 : 0) +
    (candidate.isSorted ? 2 : 0) +
    (candidate.isExact ? 1 : 0)
  );
}

function pickBest(store: OrderedStore, candidates: IndexCandidate[]): IndexCandidate | undefined {
  candidates.sort((a, b) => scoreOf(b) - scoreOf(a));
  const bounded = candidates.filter(isBounded);
  if (bounded.length < 2) return bounded[0] ?? candidates[0];
  let best = bounded[0] as IndexCandidate;
  let least = countKeys(store, best.access, sampleKeys);
  for (const candidate of bounded.slice(1)) {
    if (least <= 1) break;
    const keys = countKeys(store, candidate.access, least);
    if (keys < least) {
      best = candidate;
      least = keys;
    }
  }
  return best;
}

/** Counts index keys of an access, stopping at `limit`. */
function countKeys(store: OrderedStore, access: Access, limit: number): number {
  if (access.kind !== 'index') return 0;
  let count = 0;
  for (const range of access.ranges) {
    store.scan('entries', range, () => ++count < limit);
    if (count >= limit) break;
  }
  return count;
}

function planUnion(store: OrderedStore, { collection, shape }: PlanRequest): Plan | undefined {
  for (const branches of shape.or ?? []) {
    const parts = branches.map(
      (branch) =>
        choosePlan(store, { collection, shape: { ...branch, and: [...shape.and, ...branch.and], exact: false } })
          .access,
    );
    if (parts.length > 0 && parts.every((part) => part.kind !== 'scan' || part.bounds !== undefined)) {
      return { access: { kind: 'union', parts }, isSorted: false, isExact: false };
    }
  }
  return undefined;
}

function followHint({ collection, sort, hint }: PlanRequest, predicates: Predicates, isShapeExact: boolean): Plan {
  const byId = readIdPlan(collection, predicates, sort, isShapeExact);
  if (hint === idIndexName || isPattern(hint, [['_id', 1]])) return byId;
  const natural = ([1, -1] as const).find((direction) => isPattern(hint, [['$natural', direction]]));
  if (natural) return readIdPlan(collection, new Map(), sort ?? [['_id', natural]], false);
  const index = findIndex(collection, hint);
  if (!index) {
    throw new StoreError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  // A hinted sparse or partial index is used as it is, like MongoDB does, even where it lacks documents.
  return readIndexAccess(collection, index, predicates, sort, isShapeExact);
}

/** An index by name or by exact key pattern. */
export function findIndex(collection: Collection, nameOrPattern: unknown): IndexDefinition | undefined {
  return collection.indexes.find((index) => index.name === nameOrPattern || isPattern(nameOrPattern, index.fields));
}

export function isPattern(value: unknown, fields: SortFields): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return (
    entries.length === fields.length &&
    fields.every(([path, direction], i) => entries[i]?.[0] === path && compareBson(entries[i]?.[1], direction) === 0)
  );
}
