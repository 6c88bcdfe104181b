import { Value } from 'typebox/value';
import type { ExposedParam } from '../graph/exposed-param.ts';
import type { Graph } from '../graph/graph.ts';

export interface AskedChanges {
  readonly added: readonly ExposedParam[];
  /** As they were. */
  readonly removed: readonly ExposedParam[];
  /** As they are now: other words, another input, other places. */
  readonly changed: readonly ExposedParam[];
}

/** What a template asks for in one graph and not, or otherwise, in another; what stands there and the order are no difference. */
export function compareAsked({ exposed: before = [] }: Graph, { exposed: after = [] }: Graph): AskedChanges {
  const earlier = new Map(before.map((param) => [param.id, param]));
  const later = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !earlier.has(id)),
    removed: before.filter(({ id }) => !later.has(id)),
    changed: after.filter((param) => earlier.has(param.id) && !Value.Equal(earlier.get(param.id), param)),
  };
}
