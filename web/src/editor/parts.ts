import type { GraphNote } from '@sluice/shared/graph';
import type { EntryName, PartsAct } from './history.ts';

interface Parts {
  readonly nodes?: readonly unknown[];
  readonly notes?: readonly Pick<GraphNote, 'form'>[];
  readonly edges?: readonly unknown[];
}

/** How many of each there are; of what there is none nothing is said. */
export type PartCounts = Readonly<Partial<Record<(typeof PARTS)[number], number>>>;

/** In the order in which they are named. */
export const PARTS = ['nodes', 'notes', 'frames', 'edges'] as const;

/** Connections go with their nodes: they count only where there are none. */
export function countParts({ nodes = [], notes = [], edges = [] }: Parts): PartCounts {
  const frames = notes.filter(({ form }) => form === 'frame').length;
  const counts = {
    nodes: nodes.length,
    notes: notes.length - frames,
    frames,
    edges: nodes.length > 0 ? 0 : edges.length,
  };
  return Object.fromEntries(PARTS.flatMap((part) => (counts[part] > 0 ? [[part, counts[part]]] : [])));
}

/** The name of what was done to them: "Move 2 nodes and a note". */
export function entryOf(act: PartsAct, parts: Parts): EntryName {
  return { key: act, values: countParts(parts) };
}
