import type { Collection } from '../catalog/collection.ts';
import type { Filter } from '../match/index.ts';
import type { Engine } from '../server/engine.ts';
import { findFew, findFirst, findMany, piece, type Target } from './find-matches.ts';
import { removeDocument } from './write-document.ts';

/** Removes the first match; inside a write transaction. Answers how many went. */
export function removeOne(engine: Engine, collection: Collection, target: Target): number {
  const raw = findFirst(engine.store, collection, target);
  if (raw) removeDocument(engine, collection, raw);
  return raw ? 1 : 0;
}

/** Removes all matches; inside a write transaction. Undefined, and nothing removed, when they are too many for one. */
export function removeFew(engine: Engine, collection: Collection, target: Target): number | undefined {
  const matches = findFew(engine.store, collection, target);
  return matches && removeKeys(engine, collection, matches.keys);
}

/** Removes any number of matches, in pieces. */
export async function removeMany(engine: Engine, collection: Collection, target: Target): Promise<number> {
  const { keys, filter } = await findMany(engine.store, collection, target);
  let removed = 0;
  for (let at = 0; at < keys.length; at += piece) {
    removed += await engine.writes.run(() => removeKeys(engine, collection, keys.slice(at, at + piece), filter));
  }
  return removed;
}

/** With a filter, documents that no longer match are left alone. */
function removeKeys(engine: Engine, collection: Collection, keys: readonly Buffer[], filter?: Filter): number {
  let removed = 0;
  // Between two pieces the collection may have been dropped.
  if (!engine.catalog.byId(collection.id)) return removed;
  for (const key of keys) {
    const raw = engine.store.get('documents', key);
    if (!raw || filter?.test(raw) === false) continue;
    removeDocument(engine, collection, raw);
    removed++;
  }
  return removed;
}
