import { Type } from '../bson/element.ts';
import { type AnyDocument, typeOf } from '../bson/value.ts';
import type { ComparisonOperator, FilterNode, Leaf } from './filter-node.ts';
import { parseFilter } from './parse-filter.ts';
import { literalPrefix } from './regex.ts';

/** One condition that an index can answer. */
export interface Sargable {
  path: string;
  op: ComparisonOperator | '$in' | '$exists' | '$regex-prefix';
  /** For `$regex-prefix` the text that every match begins with. */
  value: unknown;
  /** For `$regex-prefix`: a stored regular expression equal to this one matches as well. */
  regex?: { pattern: string; flags: string };
}

/** What a planner needs to know of a filter: each part is implied by the filter, so an index may narrow by it. */
export interface FilterDescription {
  and: Sargable[];
  /** Each entry is one `$or`, with a description per branch. */
  or?: FilterDescription[][];
  /** True when `and` says all that the filter says, for a document whose paths meet no array. */
  exact: boolean;
}

export function describeFilter(filter: AnyDocument): FilterDescription {
  return describeNode(parseFilter(filter));
}

function describeNode(node: FilterNode): FilterDescription {
  const description: FilterDescription = { and: [], exact: true };
  collect(node, '', description);
  return description;
}

function collect(node: FilterNode, prefix: string, into: FilterDescription): void {
  switch (node.kind) {
    case 'and':
      for (const child of node.children) collect(child, prefix, into);
      return;
    case 'leaf':
      return collectLeaf(joinPath(prefix, node.path), node.leaf, into);
    case 'or':
      into.exact = false;
      if (prefix === '') (into.or ??= []).push(node.children.map(describeNode));
      return;
    case 'not':
      into.exact = false;
      if (node.child.kind === 'leaf' && node.child.leaf.kind === 'exists') {
        into.and.push({ path: joinPath(prefix, node.child.path), op: '$exists', value: false });
      }
      return;
    case 'constant':
      if (!node.value) into.exact = false;
      return;
    default:
      into.exact = false;
  }
}

function joinPath(prefix: string, path: string): string {
  if (prefix === '') return path;
  return path === '' ? prefix : `${prefix}.${path}`;
}

// A component that is a number means a position or a field name, document by document; an index knows one of them.
const HAS_POSITION = /\.\d+(\.|$)/;

function collectLeaf(path: string, leaf: Leaf, into: FilterDescription): void {
  if (HAS_POSITION.test(path)) {
    into.exact = false;
    return;
  }
  switch (leaf.kind) {
    case 'compare':
      if (!isIndexable(leaf.value)) into.exact = false;
      else into.and.push({ path, op: leaf.op, value: leaf.value });
      return;
    case 'in':
      if (leaf.regexes.length > 0 || !leaf.values.every(isIndexable)) into.exact = false;
      else into.and.push({ path, op: '$in', value: leaf.values });
      return;
    case 'exists':
      into.and.push({ path, op: '$exists', value: true });
      into.exact = false;
      return;
    case 'regex': {
      const { pattern, flags } = leaf;
      const value = literalPrefix(pattern, flags);
      if (value !== undefined) into.and.push({ path, op: '$regex-prefix', value, regex: { pattern, flags } });
      into.exact = false;
      return;
    }
    case 'element-filter':
      into.exact = false;
      return collect(leaf.filter, path, into);
    case 'element-test':
      into.exact = false;
      return collectElementTest(leaf.test, path, into);
    default:
      into.exact = false;
  }
}

// What is asked of elements that are arrays themselves has no index entry.
function collectElementTest(test: FilterNode, path: string, into: FilterDescription): void {
  const parts = test.kind === 'and' ? test.children : [test];
  for (const part of parts) {
    if (part.kind === 'leaf' && (part.leaf.kind === 'compare' || part.leaf.kind === 'in')) {
      collectLeaf(path, part.leaf, into);
    }
  }
}

// An array as a whole has no index entry of its own, only its elements have; MinKey and MaxKey cross all types.
function isIndexable(value: unknown): boolean {
  const type = typeOf(value);
  return type !== Type.array && type !== Type.minKey && type !== Type.maxKey;
}
