import { type Condition, leavesOf } from '@sluice/shared/condition';
import { DEFAULT_MEASUREMENT, type Graph, type GraphNode } from '@sluice/shared/graph';
import type { ListenedEvent } from '@sluice/shared/http-api';
import { LINK_CLICKED } from '@sluice/shared/model';
import type { AwaitedPattern, EventPattern, ManifestIndex } from '@sluice/shared/node-contract';

/** `same`: properties that such an event must share with the one that started the run. */
export interface ListenedPattern extends ListenedEvent {
  same: NonNullable<AwaitedPattern['same']>[];
}

/**
 * The events that a graph looks at once people have entered: those that steps and goals wait for, those that conditions
 * behind the triggers count, and those by which the flow is measured. Each pattern once. Pure.
 */
export function listenedEvents(graph: Graph, manifests: ManifestIndex): ListenedPattern[] {
  const found = new Map<string, ListenedPattern>();
  const note = ({ event, where = [], same }: AwaitedPattern) => {
    if (event === '') return;
    const key = where.length === 0 ? event : JSON.stringify([event, where]);
    const pattern = found.get(key) ?? { key, event, where, same: [] };
    if (same) pattern.same.push(same);
    found.set(key, pattern);
  };
  for (const node of graph.nodes) {
    const manifest = node.isDisabled ? undefined : manifests.get(node.kind);
    if (!manifest || manifest.category === 'trigger') continue;
    for (const pattern of manifest.awaits?.(node.params) ?? []) note(pattern);
    const goal = manifest.goal?.(node.params);
    if (goal) note(goal);
    for (const pattern of countedEvents(node)) note(pattern);
  }
  const { clickEvent, conversionEvent } = graph.measurement ?? DEFAULT_MEASUREMENT;
  const sendsLinks = graph.nodes.some(({ kind }) => manifests.get(kind)?.message !== undefined);
  if (clickEvent !== undefined || sendsLinks) note({ event: clickEvent ?? LINK_CLICKED });
  if (conversionEvent !== undefined) note({ event: conversionEvent });
  return [...found.values()];
}

function countedEvents(node: GraphNode): EventPattern[] {
  return conditionsIn(node.params).flatMap((condition) =>
    leavesOf(condition).flatMap((leaf) =>
      leaf.op === 'event'
        ? [leaf, ...(leaf.followedBy ?? [])].map(({ name, where }) => ({ event: name, ...(where && { where }) }))
        : [],
    ),
  );
}

const OPERATORS: ReadonlySet<unknown> = new Set(['all', 'any', 'not', 'attribute', 'event', 'dataset', 'audience']);

/** The conditions anywhere in the params of a node, outermost ones only. */
export function conditionsIn(value: unknown): Condition[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('op' in value && OPERATORS.has(value.op)) return [value as Condition];
  return Object.values(value).flatMap(conditionsIn);
}
