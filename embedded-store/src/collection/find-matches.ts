import type { Document } from 'bson';
import type { Raw } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { giveWay, sliceMs } from '../cursor/document-stream.ts';
import { documentKey } from '../index/entry-key.ts';
import { compileFilter, compileSort, describeFilter, type Filter } from '../match/index.ts';
import { choosePlan } from '../plan/choose-plan.ts';
import { keyOfIdValue, onlyIdOf } from '../plan/id-access.ts';
import { openPlanCursor, type PlanCursor } from '../plan/plan-cursor.ts';
import type { OrderedStore } from '../storage/ordered-store.ts';
import { idOf } from './write-document.ts';

/** What a write statement is aimed at. */
export interface Target {
  filter: Document;
  let?: Document | undefined;
  hint?: unknown;
  sort?: Document | undefined;
}

const forever = Number.POSITIVE_INFINITY;

/** The first document that matches, in the order of the sort; for use inside a write transaction. */
export function findFirst(store: OrderedStore, collection: Collection, target: Target): Raw | undefined {
  const id = target.hint === undefined ? onlyIdOf(target.filter) : undefined;
  if (id !== undefined) return store.get('documents', keyOfIdValue(collection, id));
  const filter = compileFilter(target.filter, { let: target.let });
  const sort = target.sort && Object.keys(target.sort).length > 0 ? compileSort(target.sort) : undefined;
  const plan = choosePlan(store, {
    collection,
    shape: describeFilter(target.filter),
    sort: sort?.fields,
    hint: target.hint,
  });
  const cursor = openPlanCursor(store, collection.id, plan.access, filter);
  if (plan.isSorted || !sort) return cursor.next(1, forever)[0];
  let least: { key: Buffer; raw: Raw } | undefined;
  while (!cursor.isDone) {
    for (const raw of cursor.next(256, forever)) {
      const key = sort.key(raw);
      if (!least || Buffer.compare(key, least.key) < 0) least = { key, raw };
    }
  }
  return least?.raw;
}

/** What a statement about many documents works through, fixed before the first of them changes. */
export interface Matches {
  /** Document keys. */
  keys: Buffer[];
  filter: Filter;
}

/** How many documents one transaction changes at most: more would hold up others and fill the memory with pages. */
export const piece = 2_000;
const patienceMs = 20;

/**
 * The matching documents, for use inside a write transaction; undefined when they are too many, or take too long to
 * find, for one transaction. All keys are gathered before anything changes: a document that its own update moves
 * along the index walked would otherwise be met again (the Halloween problem).
 */
export function findFew(store: OrderedStore, collection: Collection, target: Target): Matches | undefined {
  const { cursor, filter } = openMatches(store, collection, target);
  const keys = keysOf(collection, cursor.next(piece, performance.now() + patienceMs));
  return cursor.isDone ? { keys, filter } : undefined;
}

/** All matching documents, found bit by bit between other work; they may have changed by the time they are used. */
export async function findMany(store: OrderedStore, collection: Collection, target: Target): Promise<Matches> {
  const { cursor, filter } = openMatches(store, collection, target);
  const keys: Buffer[] = [];
  while (!cursor.isDone) {
    keys.push(...keysOf(collection, cursor.next(piece, performance.now() + sliceMs)));
    await giveWay();
  }
  return { keys, filter };
}

function openMatches(
  store: OrderedStore,
  collection: Collection,
  target: Target,
): { cursor: PlanCursor; filter: Filter } {
  const filter = compileFilter(target.filter, { let: target.let });
  const plan = choosePlan(store, { collection, shape: describeFilter(target.filter), hint: target.hint });
  return { cursor: openPlanCursor(store, collection.id, plan.access, filter), filter };
}

function keysOf(collection: Collection, raws: readonly Raw[]): Buffer[] {
  return raws.map((raw) => documentKey(collection.id, idOf(collection, raw)));
}
