import { renderDocument } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { type AnyDocument, entriesOf, isDocument } from '../bson/value.ts';
import type { ElementFilters } from './apply-tree.ts';
import { compileWrapped } from './array-modifiers.ts';
import type { Slice } from './modifier.ts';
import { isFilteredPosition, type PathModifier } from './update-tree.ts';

/** Compiles `arrayFilters` and checks that each identifier has one filter and each filter is used. */
export function compileArrayFilters(filters: readonly AnyDocument[], paths: readonly PathModifier[]): ElementFilters {
  const compiled = new Map<string, (element: Slice) => boolean>();
  for (const filter of filters) {
    const identifier = identifierOf(filter);
    if (compiled.has(identifier)) {
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${identifier}`);
    }
    compiled.set(identifier, compileWrapped(identifier, filter));
  }
  const used = new Set<string>();
  for (const { parts } of paths) {
    for (const part of parts) {
      if (!isFilteredPosition(part)) continue;
      const identifier = part.slice(2, -1);
      used.add(identifier);
      if (identifier !== '' && !compiled.has(identifier)) {
        throw new StoreError(2, `No array filter found for identifier '${identifier}' in path '${parts.join('.')}'`);
      }
    }
  }
  for (const identifier of compiled.keys()) {
    if (!used.has(identifier)) {
      const filter = filters.find((candidate) => identifierOf(candidate) === identifier);
      throw new StoreError(
        9,
        `The array filter for identifier '${identifier}' was not used in the update ${filter ? renderDocument(filter) : ''}`,
      );
    }
  }
  return compiled;
}

function identifierOf(filter: AnyDocument): string {
  const names = new Set(topLevelNames(filter));
  const [identifier, other] = names;
  if (identifier === undefined)
    throw new StoreError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (other !== undefined) {
    throw new StoreError(
      9,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and '${other}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
    throw new StoreError(
      2,
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
    );
  }
  return identifier;
}

function topLevelNames(filter: AnyDocument): string[] {
  return [...entriesOf(filter)].flatMap(([key, value]) => {
    if (!key.startsWith('$')) return [key.split('.')[0]!];
    return Array.isArray(value) ? value.filter(isDocument).flatMap(topLevelNames) : [];
  });
}
