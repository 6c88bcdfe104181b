import type { GraphEdge } from '@sluice/shared/graph';
import { defineCommand, hasSelection, type PlanContext, selectedNotes } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { applyDiff, type Change } from '../diff.ts';
import { edgesFrom, edgesTo } from '../edge-index.ts';
import type { FlowDocument } from '../flow-document.ts';
import { NOTHING_SELECTED } from '../history.ts';
import { entryOf } from '../parts.ts';

/**
 * Removes nodes and edges. Where a removed node led to one place only, what led to it now leads there ("heals");
 * behind a fork there is no telling which branch was meant, so its incoming edges go too.
 */
export function planRemoval(context: PlanContext, nodeIds: readonly string[], edgeIds: readonly string[]): Change[] {
  const { document } = context;
  const nodes = new Set(nodeIds.filter((id) => document.nodes[id]));
  const edges = new Set(edgeIds.filter((id) => document.edges[id]));
  for (const id of nodes) for (const edge of [...edgesFrom(document, id), ...edgesTo(document, id)]) edges.add(edge.id);
  const removal: Change[] = [
    ...[...edges].map((id): Change => ({ of: 'edge', id, before: document.edges[id] as GraphEdge })),
    ...[...nodes].map(
      (id): Change => ({ of: 'node', id, before: document.nodes[id] as FlowDocument['nodes'][string] }),
    ),
  ];
  const chosen = new Set(edgeIds);
  let healed = applyDiff(document, removal);
  const healing: Change[] = [];
  for (const edge of Object.values(document.edges)) {
    if (nodes.has(edge.from) || !nodes.has(edge.to) || chosen.has(edge.id)) continue;
    const to = onlyWayOn(document, edge.to, nodes);
    if (to === undefined || refuseConnection(healed, context.catalog, edge.from, edge.port, to)) continue;
    const change: Change = { of: 'edge', id: edge.id, after: { ...edge, to } };
    healing.push(change);
    healed = applyDiff(healed, [change]);
  }
  return [...removal, ...healing];
}

/** The one surviving node that everything behind `start` leads to, through removed nodes only. */
function onlyWayOn(document: FlowDocument, start: string, removed: ReadonlySet<string>): string | undefined {
  const ends = new Set<string>();
  const seen = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (removed.has(id)) open.push(...edgesFrom(document, id).map((edge) => edge.to));
    else ends.add(id);
  }
  const [end, ...others] = ends;
  return others.length === 0 ? end : undefined;
}

export const deleteSelection = defineCommand({
  shortcuts: ['Delete', 'Backspace'],
  isEdit: true,
  isEnabled: hasSelection,
  plan: (context) => {
    const { nodes, edges, notes } = context.session.selection;
    const diff = [...planRemoval(context, nodes, edges), ...planNoteRemoval(context.document, notes)];
    if (diff.length === 0) return undefined;
    const name = entryOf('delete', { nodes, edges, notes: selectedNotes(context) });
    return { edit: { diff, name }, session: { selection: NOTHING_SELECTED } };
  },
});

/** Removes notes and frames; what lies in a frame stays. */
export function planNoteRemoval(document: FlowDocument, ids: readonly string[]): Change[] {
  return ids.flatMap((id): Change[] => {
    const before = document.notes[id];
    return before ? [{ of: 'note', id, before }] : [];
  });
}
