import { ObjectId } from 'bson';
import { type Raw, readField } from '../bson/element.ts';
import { encodeDocument } from '../bson/encode.ts';
import { StoreError } from '../bson/store-error.ts';
import type { AnyDocument } from '../bson/value.ts';
import type { FilterNode } from '../match/filter-node.ts';
import { parseFilter } from '../match/parse-filter.ts';
import { TreeApplier } from './apply-tree.ts';
import { type Update, withIdFirst } from './compile-update.ts';
import { buildTree } from './update-tree.ts';
import { setTo } from './value-modifiers.ts';

const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);

/**
 * The document that an upsert inserts: the fields that the filter pins to one value (for a replacement _id alone),
 * then the update as on insert, then a new ObjectId if there is no _id; _id comes first.
 */
export function buildUpsert(filter: AnyDocument, update: Update): Raw {
  const equalities = collectEqualities(parseFilter(filter));
  const wanted = update.isReplacement ? equalities.filter(({ path }) => path === '_id') : equalities;
  const tree = buildTree(wanted.map(({ path, value }) => ({ parts: path.split('.'), modifier: setTo(value) })));
  const base = new TreeApplier(new Map()).apply(EMPTY, tree, true);
  const result = update.apply(base, { isInsert: true });
  const hasId = readField(result, '_id') !== undefined;
  return withIdFirst(result, hasId ? result : encodeDocument({ _id: new ObjectId() }));
}

interface Equality {
  path: string;
  value: unknown;
}

function collectEqualities(node: FilterNode): Equality[] {
  const found: Equality[] = [];
  collect(node, found);
  for (const [i, { path }] of found.entries()) {
    for (const { path: other } of found.slice(0, i)) {
      if (path === other) {
        throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
      }
      if (path.startsWith(`${other}.`) || other.startsWith(`${path}.`)) {
        throw new StoreError(54, `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`);
      }
    }
  }
  return found;
}

function collect(node: FilterNode, found: Equality[]): void {
  if (node.kind === 'and') {
    for (const child of node.children) collect(child, found);
  } else if (node.kind === 'or') {
    const [only] = node.children;
    if (only && node.children.length === 1) collect(only, found);
  } else if (node.kind === 'leaf') {
    const { leaf, path } = node;
    if (leaf.kind === 'compare' && leaf.op === '$eq') found.push({ path, value: leaf.value });
    else if (leaf.kind === 'in' && leaf.values.length === 1 && leaf.regexes.length === 0) {
      found.push({ path, value: leaf.values[0] });
    }
  }
}
