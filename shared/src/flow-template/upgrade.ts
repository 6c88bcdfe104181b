import type { Answers, TemplateOrigin } from '../graph/exposed-param.ts';
import type { Graph } from '../graph/graph.ts';
import type { ManifestIndex } from '../node-contract/manifest.ts';
import { instantiate } from './instantiate.ts';
import { type GraphMerge, type MergeChoices, mergeGraphs } from './merge-graphs.ts';

/**
 * Brings a flow to another version of its template: what the template changed since comes in, and what operators changed
 * stays. `from` is the template as it was at the flow's origin, `to` as it is in the version `toVersion`.
 */
export function upgradeFlow(
  flow: Graph,
  origin: TemplateOrigin,
  templates: { from: Graph; to: Graph; toVersion: string },
  manifests: ManifestIndex,
  choices: MergeChoices = {},
): GraphMerge {
  const { from, to, toVersion } = templates;
  const asked = new Set((to.exposed ?? []).map(({ id }) => id));
  // An answer whose question is gone is none; asking again under the same id later must not bring it back.
  const answers: Answers = Object.fromEntries(Object.entries(origin.answers).filter(([id]) => asked.has(id)));
  const base = instantiate(from, origin, manifests);
  const next = instantiate(to, { ...origin, version: toVersion, answers }, manifests);
  return mergeGraphs(base, flow, next, choices);
}
