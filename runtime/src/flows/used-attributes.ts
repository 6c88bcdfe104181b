import { columnKey, columnsOf, type DatasetLeaf } from '@sluice/shared/condition';
import type { GraphNode } from '@sluice/shared/graph';
import type { AnyManifest } from '@sluice/shared/node-contract';
import { createLiquidEngine } from '../content/liquid-engine.ts';

/** What a node reads of a profile; `isAny`: more than can be told from its params. */
export interface UsedAttributes {
  /** Attributes, and columns of datasets by their keys. */
  names: Set<string>;
  /** Look-ups that templates name, as `<dataset>.<look-up>`. */
  lookups: Set<string>;
  isAny: boolean;
}

const liquid = createLiquidEngine('UTC');
const HAS_LIQUID = /\{[{%]/;
const IN_CODE = /\battributes\b(?:\s*\??\.\s*([\p{L}_$][\p{L}\p{N}_$]*)|\s*(?:\?\.)?\[\s*(['"`])(.*?)\2\s*\])?/gu;

/**
 * The attributes that a node's conditions, templates, code and choices name. A template or code that takes the profile as a
 * whole, or by a name that is worked out, reads any. The address that a message goes to is not part of what it says. Pure.
 */
export function usedAttributes(node: GraphNode, manifest: AnyManifest | undefined): UsedAttributes {
  const used: UsedAttributes = { names: new Set(), lookups: new Set(), isAny: false };
  for (const [param, value] of Object.entries(node.params)) {
    const widget = (manifest?.hints as Record<string, { widget?: string }> | undefined)?.[param]?.widget;
    if (widget === 'attribute' && typeof value === 'string' && !manifest?.message) used.names.add(value);
    else if (widget === 'code' && typeof value === 'string') readCode(value, used);
    else walk(value, used);
  }
  for (const name of readsOf(node, manifest)) used.names.add(name);
  return used;
}

/** A draft may hold params that its kind never promised to take. */
function readsOf({ params }: GraphNode, manifest: AnyManifest | undefined): readonly string[] {
  try {
    return manifest?.reads?.(params) ?? [];
  } catch {
    return [];
  }
}

function walk(value: unknown, used: UsedAttributes): void {
  if (typeof value === 'string') {
    if (HAS_LIQUID.test(value)) readLiquid(value, used);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('op' in value && value.op === 'attribute' && 'name' in value) used.names.add(String(value.name));
  if ('op' in value && value.op === 'dataset' && 'measure' in value) {
    const leaf = value as DatasetLeaf;
    for (const column of columnsOf(leaf)) used.names.add(columnKey(leaf.dataset, column));
  }
  for (const inner of Object.values(value)) walk(inner, used);
}

function readLiquid(source: string, used: UsedAttributes): void {
  for (const [root, ...path] of variablesOf(source)) {
    if (root === 'related') used.lookups.add(`${String(path[0] ?? '')}.${String(path[1] ?? '')}`);
    if (root !== 'profile') continue;
    const name = path[0] === 'attributes' ? path[1] : path[0];
    if (typeof name === 'string') used.names.add(name);
    else used.isAny = true;
  }
}

/** None of a template that does not parse: what is wrong with it is said elsewhere, and it is never rendered. */
function variablesOf(source: string): ReturnType<typeof liquid.globalVariableSegmentsSync> {
  try {
    return liquid.globalVariableSegmentsSync(liquid.parse(source));
  } catch {
    return [];
  }
}

function readCode(source: string, used: UsedAttributes): void {
  for (const [, plain, , quoted] of source.matchAll(IN_CODE)) {
    const name = plain ?? quoted;
    if (name === undefined) used.isAny = true;
    else used.names.add(name);
  }
}
