import type { CheckContext, ManifestIndex, NodeWrites } from '../node-contract/manifest.ts';
import type { TriggerPlan } from '../node-contract/trigger-plan.ts';
import type { Graph, GraphNode, Problem } from './graph.ts';

/**
 * Warns of triggers that the flow's own steps may set off again for the same person. At run time such circles are ended after
 * a few rounds; here their author is told of them. Only of rules of re-entry that let somebody in again at once.
 */
export function checkCircles(
  { nodes }: Graph,
  manifests: ManifestIndex,
  { audiences, audienceReads }: CheckContext,
  isMet: (node: GraphNode) => boolean,
): Problem[] {
  const met = nodes.filter((node) => node.isDisabled !== true && isMet(node));
  const written = met.flatMap((node) => manifests.get(node.kind)?.writes?.(node.params) ?? []);
  return met.flatMap((node): Problem[] => {
    const plan = manifests.get(node.kind)?.trigger?.(node.params);
    if (!plan || !letsInAgain(plan)) return [];
    const { start } = plan;
    if (start.kind === 'event' && written.some(({ event }) => event === start.event && event !== ''))
      return [{ code: 'starts-itself-event', severity: 'warning', node: node.id, values: { event: start.event } }];
    if (start.kind !== 'membership') return [];
    const audience = audiences?.get(start.audience) ?? start.audience;
    const names = attributesIn(written).filter((name) => audienceReads?.get(start.audience)?.has(name));
    if (names.length > 0)
      return [
        {
          code: 'starts-itself-attribute',
          severity: 'warning',
          node: node.id,
          values: { audience, names: names.join(', ') },
        },
      ];
    const isSet = (change: 'add' | 'remove') =>
      written.some(({ membership: own }) => own?.audience === start.audience && own.change === change);
    if (!isSet('add') || !isSet('remove')) return [];
    return [{ code: 'starts-itself-audience', severity: 'warning', node: node.id, values: { audience } }];
  });
}

function letsInAgain({ reentry }: TriggerPlan): boolean {
  return reentry.kind === 'unlimited' || reentry.kind === 'after-exit';
}

function attributesIn(written: readonly NodeWrites[]): string[] {
  return [...new Set(written.flatMap(({ attributes = [] }) => attributes))].sort();
}
