import type { Document } from 'bson';
import type { Raw } from '../bson/index.ts';
import type { Collection } from '../catalog/collection.ts';
import { documentKey } from '../index/entry-key.ts';
import { compileFilter, compileSort, describeFilter, type Filter } from '../match/index.ts';
import { choosePlan } from '../plan/choose-plan.ts';
import { openPlanCursor } from '../plan/plan-cursor.ts';
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
export function findFirst(store: OrderedStore, collection: Collection, target: Target): { raw?: Raw; filter: Filter } {
  const filter = compileFilter(target.filter, { let: target.let });
  const sort = target.sort && Object.keys(target.sort).length > 0 ? compileSort(target.sort) : undefined;
  const plan = choosePlan(store, {
    collection,
    shape: describeFilter(target.filter),
    sort: sort?.fields,
    hint: target.hint,
  });
  const cursor = openPlanCursor(store, collection.id, plan.access, filter);
  if (plan.isSorted || !sort) {
    const [raw] = cursor.next(1, forever);
    return raw ? { raw, filter } : { filter };
  }
  let least: Raw | undefined;
  while (!cursor.isDone) {
    for (const raw of cursor.next(256, forever)) {
      if (!least || sort.compare(raw, least) < 0) least = raw;
    }
  }
  return least ? { raw: least, filter } : { filter };
}

/**
 * Calls `visit` for each matching document; for use inside a write transaction.
 * All keys are gathered before the first call: a document that its own update moves along the index walked would
 * otherwise be met again (the Halloween problem).
 */
export function forEachMatch(
  store: OrderedStore,
  collection: Collection,
  target: Target,
  visit: (raw: Raw, filter: Filter) => void,
): void {
  const filter = compileFilter(target.filter, { let: target.let });
  const plan = choosePlan(store, { collection, shape: describeFilter(target.filter), hint: target.hint });
  const cursor = openPlanCursor(store, collection.id, plan.access, filter);
  const keys: Buffer[] = [];
  while (!cursor.isDone) {
    for (const raw of cursor.next(256, forever)) keys.push(documentKey(collection.id, idOf(collection, raw)));
  }
  for (const key of keys) {
    const raw = store.get('documents', key);
    if (raw) visit(raw, filter);
  }
}
