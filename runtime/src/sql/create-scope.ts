import { compileFilter } from './filter.ts';
import type { Names, Scope } from './scope.ts';
import { compileValue } from './value.ts';

/** Values and conditions hold each other; the scope is where they meet. */
export function createScope(names: Names): Scope {
  const scope: Scope = {
    ...names,
    value: (node) => compileValue(node, scope),
    filter: (node, isWanted) => compileFilter(node, scope, isWanted),
  };
  return scope;
}
