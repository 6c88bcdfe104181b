import type { Evaluate } from '../../aggregate/expression/context.ts';
import { encodeName, type Raw } from '../../bson/element.ts';
import { StoreError } from '../../bson/store-error.ts';

/** What happens to the value at the end of a path. */
export type ProjectionLeaf =
  | { kind: 'include' }
  | { kind: 'exclude' }
  | { kind: 'compute'; evaluate: Evaluate }
  | { kind: 'slice'; skip: number; limit: number }
  | { kind: 'elem-match'; find: (raw: Raw, start: number) => number }
  | { kind: 'positional' };

/** A projection as a tree of field names. */
export interface ProjectionNode {
  children: ProjectionChild[];
  /** Whether some leaf below is computed. */
  isComputed: boolean;
}

export interface ProjectionChild {
  name: string;
  encodedName: Uint8Array;
  node: ProjectionNode | undefined;
  leaf: ProjectionLeaf | undefined;
}

export function emptyNode(): ProjectionNode {
  return { children: [], isComputed: false };
}

/** Adds a leaf at a path; two leaves of which one lies on the way to the other are refused. */
export function insertLeaf(root: ProjectionNode, parts: readonly string[], leaf: ProjectionLeaf): void {
  let node = root;
  for (let i = 0; ; i++) {
    const name = parts[i]!;
    if (leaf.kind === 'compute') node.isComputed = true;
    let child = node.children.find((known) => known.name === name);
    const isLast = i === parts.length - 1;
    if (child && (isLast || child.leaf)) throw collision(parts, i);
    if (!child) {
      child = { name, encodedName: encodeName(name), node: undefined, leaf: undefined };
      node.children.push(child);
    }
    if (isLast) {
      child.leaf = leaf;
      return;
    }
    node = child.node ??= emptyNode();
  }
}

function collision(parts: readonly string[], depth: number): StoreError {
  const path = parts.join('.');
  if (depth === parts.length - 1) return new StoreError(31250, `Path collision at ${path}`);
  return new StoreError(31249, `Path collision at ${path} remaining portion ${parts.slice(depth + 1).join('.')}`);
}

/** The child for the element whose name begins at `at`, if the projection knows one. */
export function childAt(node: ProjectionNode, raw: Raw, at: number): ProjectionChild | undefined {
  const { children } = node;
  for (let i = 0; i < children.length; i++) {
    const name = children[i]!.encodedName;
    let k = 0;
    while (k < name.length && raw[at + k] === name[k]) k++;
    if (k === name.length) return children[i];
  }
  return undefined;
}
