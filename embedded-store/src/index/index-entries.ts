import { compileFilter, type Filter } from '../match/index.ts';
import { encodeKey, indexKeys, type Raw } from '../bson/index.ts';
import type { IndexDefinition } from '../catalog/collection.ts';
import { cutValues, entryKey } from './entry-key.ts';

/** One key of a document in one index, with the values it was made of for the message about a duplicate. */
export interface IndexEntry {
  key: Buffer;
  values: unknown[];
}

const partialFilters = new WeakMap<object, Filter>();

/** The compiled `partialFilterExpression`, once per definition. */
export function partialFilterOf(index: IndexDefinition): Filter | undefined {
  if (!index.partialFilter) return undefined;
  let filter = partialFilters.get(index.partialFilter);
  if (!filter) {
    filter = compileFilter(index.partialFilter);
    partialFilters.set(index.partialFilter, filter);
  }
  return filter;
}

/**
 * The entries that a document has in an index, without duplicates; none when a sparse or partial index leaves it out.
 * Sets the index's `isMultikey` and `hasCutKeys` when this document makes them true: the caller saves the definition.
 */
export function entriesOf(index: IndexDefinition, raw: Raw, id: Uint8Array): IndexEntry[] {
  const partial = partialFilterOf(index);
  if (partial && !partial.test(raw)) return [];
  const { keys, isMultikey } = indexKeys(raw, { fields: index.fields, sparse: index.isSparse });
  if (isMultikey) index.isMultikey = true;
  const directions = directionsOf(index);
  const entries: IndexEntry[] = [];
  for (const values of keys) {
    const encoded = encodeKey(values, directions);
    const cut = cutValues(encoded);
    if (cut !== encoded) index.hasCutKeys = true;
    const key = entryKey(index.id, cut, index.isUnique ? undefined : id);
    if (keys.length === 1 || !entries.some((entry) => entry.key.equals(key))) entries.push({ key, values });
  }
  return entries;
}

const directionCache = new WeakMap<object, (1 | -1)[]>();

export function directionsOf(index: IndexDefinition): (1 | -1)[] {
  let directions = directionCache.get(index.fields);
  if (!directions) {
    directions = index.fields.map(([, direction]) => direction);
    directionCache.set(index.fields, directions);
  }
  return directions;
}
