import { encodeName } from '../bson/element.ts';
import { StoreError } from '../bson/store-error.ts';
import type { Modifier } from './modifier.ts';

/** Modifiers by path, as a tree. */
export interface UpdateNode {
  children: Map<string, UpdateNode>;
  modifier: Modifier | undefined;
  /** Names of the children in the order in which missing ones are appended, with their bytes. */
  order: { name: string; bytes: Uint8Array; node: UpdateNode }[];
}

export interface PathModifier {
  parts: readonly string[];
  modifier: Modifier;
}

export function isFilteredPosition(part: string): boolean {
  return part.startsWith('$[') && part.endsWith(']');
}

/** Builds the tree; two paths of which one lies on the way to the other are a conflict. */
export function buildTree(paths: readonly PathModifier[]): UpdateNode {
  const root = newNode();
  for (const { parts, modifier } of paths) insert(root, parts, modifier);
  sortChildren(root);
  return root;
}

function newNode(): UpdateNode {
  return { children: new Map(), modifier: undefined, order: [] };
}

function insert(root: UpdateNode, parts: readonly string[], modifier: Modifier): void {
  let node = root;
  for (const [i, part] of parts.entries()) {
    const known = node.children.get(part);
    const isLast = i === parts.length - 1;
    if (known && (isLast || known.modifier)) throw conflict(parts.join('.'), parts.slice(0, i + 1).join('.'));
    const isFiltered = isFilteredPosition(part);
    // The first child decides for all: none of another kind came in after it.
    const [other] = node.children.keys();
    if (other !== undefined && isFilteredPosition(other) !== isFiltered) {
      throw conflict(parts.join('.'), parts.slice(0, i).join('.'));
    }
    const child = known ?? newNode();
    node.children.set(part, child);
    node = child;
  }
  node.modifier = modifier;
}

export function conflict(path: string, at: string): StoreError {
  return new StoreError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
}

// Field names that are numbers come in numeric order, before the others, which are ordered by their text.
function sortChildren(node: UpdateNode): void {
  if (node.children.size === 0) return;
  const names = [...node.children.keys()];
  if (names.length > 1) {
    names.sort((a, b) => (isNumeric(a) && isNumeric(b) ? Number(a) - Number(b) : a < b ? -1 : 1));
  }
  node.order = names.map((name) => ({ name, bytes: encodeName(name), node: node.children.get(name)! }));
  for (const { node: child } of node.order) sortChildren(child);
}

function isNumeric(name: string): boolean {
  return /^\d+$/.test(name);
}

/** What applies to one array element when several array filters select it. */
export function mergeNodes(nodes: readonly UpdateNode[], path: string): UpdateNode {
  const [first, ...rest] = nodes;
  if (first === undefined) return newNode();
  if (rest.length === 0) return first;
  if (nodes.some((node) => node.modifier)) throw conflict(path, path);
  const merged = newNode();
  const names = new Set(nodes.flatMap((node) => [...node.children.keys()]));
  for (const name of names) {
    const children = nodes.flatMap((node) => node.children.get(name) ?? []);
    merged.children.set(name, mergeNodes(children, `${path}.${name}`));
  }
  sortChildren(merged);
  return merged;
}
