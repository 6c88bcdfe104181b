import type { ExposedParam, ExposedPlace } from '../graph/exposed-param.ts';
import { DEFAULT_MEASUREMENT, type Graph, type GraphNode } from '../graph/graph.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { readAt } from './json-pointer.ts';

/** The parts of the form, which are those of the form view: when, whom, what is done, what it says, what counts. */
export const EXPOSED_GROUPS = ['frequency', 'audience', 'strategy', 'content', 'evaluation'] as const;
export type ExposedGroup = (typeof EXPOSED_GROUPS)[number];

/** Where in the form a param is asked for; follows from what it is a param of. */
export function groupOf({ places: [place] }: ExposedParam, graph: Graph, manifests: ManifestIndex): ExposedGroup {
  if (place?.node === undefined) return 'evaluation';
  const node = graph.nodes.find(({ id }) => id === place.node);
  const manifest = manifests.get(node?.kind ?? '');
  if (manifest?.trigger) return place.pointer.startsWith('/audience') ? 'audience' : 'frequency';
  return manifest?.message ? 'content' : 'strategy';
}

/** What a param is until somebody answers; undefined where nothing stands at its first place. */
export function defaultOf({ places: [place] }: ExposedParam, graph: Graph): unknown {
  return place && (place.part ?? valueAt(place, graph));
}

/** What stands at a place, or undefined. */
export function valueAt({ node, pointer }: ExposedPlace, graph: Graph): unknown {
  if (node === undefined) return readAt(graph.measurement ?? DEFAULT_MEASUREMENT, pointer);
  return readAt(graph.nodes.find(({ id }) => id === node)?.params, pointer);
}

/** Why a param cannot be asked for; undefined when it can. */
export function faultOf(
  { places }: ExposedParam,
  graph: Graph,
  manifests: ManifestIndex,
): 'node-gone' | 'param-gone' | 'part-gone' | undefined {
  for (const place of places) {
    const node = graph.nodes.find(({ id }) => id === place.node);
    if (place.node !== undefined && !node) return 'node-gone';
    if (node && !isParamOf(node, place.pointer, manifests)) return 'param-gone';
    const value = valueAt(place, graph);
    if (place.part !== undefined && (typeof value !== 'string' || !value.includes(place.part))) return 'part-gone';
  }
  return undefined;
}

/** A param that may be left out can be asked for although nothing stands there yet. */
function isParamOf(node: GraphNode, pointer: string, manifests: ManifestIndex): boolean {
  if (readAt(node.params, pointer) !== undefined) return true;
  const [, name = '', ...deeper] = pointer.split('/');
  return deeper.length === 0 && Object.hasOwn(manifests.get(node.kind)?.params.properties ?? {}, name);
}
