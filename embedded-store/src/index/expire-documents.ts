import type { Raw } from '../bson/index.ts';
import type { Collection, IndexDefinition } from '../catalog/collection.ts';
import { removeDocument } from '../collection/write-document.ts';
import { openPlanCursor } from '../plan/plan-cursor.ts';
import { choosePlan } from '../plan/choose-plan.ts';
import { compileFilter } from '../match/index.ts';
import type { Engine } from '../server/engine.ts';

/** Removed per transaction, so that a long backlog does not hold up other writes. */
const piece = 500;

/** Removes what TTL indexes say has expired at `now`; answers how many documents went. */
export async function expireDocuments(engine: Engine, now: Date): Promise<number> {
  let removed = 0;
  for (const db of engine.catalog.listDatabases()) {
    for (const collection of engine.catalog.listCollections(db)) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds !== undefined) removed += await expireByIndex(engine, collection, index, now);
      }
    }
  }
  return removed;
}

async function expireByIndex(
  engine: Engine,
  collection: Collection,
  index: IndexDefinition,
  now: Date,
): Promise<number> {
  const path = (index.fields[0] as [string, 1 | -1])[0];
  const limit = new Date(now.getTime() - (index.expireAfterSeconds ?? 0) * 1000);
  // An array of dates expires with its earliest, which is what a comparison through the array says.
  const matcher = compileFilter({ [path]: { $lte: limit } });
  const partial = index.partialFilter && compileFilter(index.partialFilter);
  const test = (raw: Raw): boolean => matcher.test(raw) && (partial?.test(raw) ?? true);
  let total = 0;
  for (;;) {
    const removed = await engine.writes.run(() => {
      if (!engine.catalog.byId(collection.id) || !collection.indexes.includes(index)) return 0;
      const { access } = choosePlan(engine.store, {
        collection,
        shape: { and: [{ path, op: '$lte', value: limit }], exact: true },
        hint: index.name,
      });
      const expired = openPlanCursor(engine.store, collection.id, access, { test }).next(
        piece,
        Number.POSITIVE_INFINITY,
      );
      for (const raw of expired) removeDocument(engine, collection, raw);
      return expired.length;
    });
    total += removed;
    if (removed < piece) return total;
  }
}
