import { Value } from 'typebox/value';
import type { Graph } from '../graph/graph.ts';
import { valueAt } from './exposed-values.ts';
import type { VersionStep } from './template-version.ts';

/**
 * What kind of version a change of a template deserves: `major` when something that was asked for is no longer, or holds
 * another type of value, so that answers are lost; `minor` when more is asked for or nodes come or go; else `patch`.
 */
export function suggestStep(before: Graph, after: Graph): VersionStep {
  const asked = new Map((after.exposed ?? []).map((param) => [param.id, param]));
  for (const param of before.exposed ?? []) {
    const now = asked.get(param.id);
    if (!now || typeOf(param.places[0], before) !== typeOf(now.places[0], after)) return 'major';
  }
  const idsOf = ({ nodes }: Graph) => nodes.map(({ id }) => id).toSorted();
  const isLarger = asked.size > (before.exposed ?? []).length;
  return isLarger || !Value.Equal(idsOf(before), idsOf(after)) ? 'minor' : 'patch';
}

function typeOf(place: Parameters<typeof valueAt>[0] | undefined, graph: Graph): string {
  const value = place && valueAt(place, graph);
  return Array.isArray(value) ? 'array' : typeof value;
}
