import { audienceIds, datasetNames, eventNamesOf, leavesOf, readsOf } from '@sluice/shared/condition';
import type { Graph, GraphNode } from '@sluice/shared/graph';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import { ZONE_ATTRIBUTES } from '@sluice/shared/time';
import type { DynamicAudience } from '../audiences/audience-index.ts';
import { usedAttributes } from '../flows/used-attributes.ts';
import { conditionsIn } from './listened-events.ts';

/** What of a profile has to be read before it can go through these graphs. */
export interface FlowReads {
  /** Undefined where code reads the profile as a whole. */
  attributes: ReadonlySet<string> | undefined;
  /** Names of past events, with the span that counts, back from the start; infinite where all ever do. */
  events: ReadonlyMap<string, number>;
  audiences: ReadonlySet<string>;
  datasets: ReadonlySet<string>;
  /** Audiences that follow a condition, of those that are asked about. */
  dynamic: DynamicAudience[];
}

/** Everything that conditions, steps and triggers look at. What messages and calls say is not worked out. Pure. */
export function flowReads(
  graphs: readonly Graph[],
  manifests: ManifestIndex,
  dynamicAudiences: ReadonlyMap<string, DynamicAudience>,
): FlowReads {
  const attributes = new Set<string>(ZONE_ATTRIBUTES);
  const events = new Map<string, number>();
  const audiences = new Set<string>();
  const datasets = new Set<string>();
  const dynamic = new Map<string, DynamicAudience>();
  let isAny = false;

  const readConditions = (value: unknown) => {
    for (const condition of conditionsIn(value)) {
      for (const name of readsOf(condition).attributes) attributes.add(name);
      for (const name of datasetNames(condition)) datasets.add(name);
      for (const leaf of leavesOf(condition)) {
        if (leaf.op !== 'event' || leaf.window.kind === 'this-run') continue;
        const span = leaf.window.kind === 'last' ? leaf.window.ms : Number.POSITIVE_INFINITY;
        // What follows an event lies behind it, so within the same span.
        for (const name of eventNamesOf(leaf)) events.set(name, Math.max(events.get(name) ?? 0, span));
      }
      for (const id of audienceIds(condition)) {
        audiences.add(id);
        const found = dynamicAudiences.get(id);
        if (!found || dynamic.has(id)) continue;
        dynamic.set(id, found);
        readConditions(found.condition);
      }
    }
  };
  const readNode = (node: GraphNode) => {
    const manifest = manifests.get(node.kind);
    if (!manifest || node.isDisabled) return;
    readConditions(node.params);
    for (const name of attributesNamed(node.params)) attributes.add(name);
    if (manifest.message) {
      // The words are not rendered; the address decides whether anything can be sent.
      const { to } = node.params;
      if (typeof to === 'string') attributes.add(to);
      return;
    }
    if (manifest.call) return;
    const used = usedAttributes(node, manifest);
    isAny ||= used.isAny;
    for (const name of used.names) attributes.add(name);
  };
  for (const graph of graphs) graph.nodes.forEach(readNode);
  return { attributes: isAny ? undefined : attributes, events, audiences, datasets, dynamic: [...dynamic.values()] };
}

/** What params call `attribute`, however deep: what is counted up, copied or split by. */
function attributesNamed(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'attribute' && typeof inner === 'string' ? [inner] : attributesNamed(inner),
  );
}
