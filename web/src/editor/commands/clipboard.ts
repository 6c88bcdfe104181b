import type { GraphEdge } from '@sluice/shared/graph';
import { familyOf } from '@sluice/shared/node-template';
import { type Clip, notesAmong, readClip, writeClip } from '../clip.ts';
import { defineCommand, hasSelectedParts, type Plan, type PlanContext } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { applyDiff, type Change } from '../diff.ts';
import type { FlowDocument } from '../flow-document.ts';
import { NOTHING_SELECTED, selectionOf } from '../history.ts';
import { countParts, entryOf } from '../parts.ts';
import { GRID, type Point, snap } from '../placement.ts';
import { planNoteRemoval, planRemoval } from './delete.ts';

/** From one copy to the next. */
const STEP: Point = { x: 2 * GRID, y: 2 * GRID };

export const copy = defineCommand({
  shortcuts: ['Mod+C'],
  isEdit: false,
  isEnabled: hasSelectedParts,
  plan: (context) => {
    if (!hasSelectedParts(context)) return undefined;
    const { document, catalog, session } = context;
    const { nodes } = session.selection;
    const notes = notesAmong(document, catalog, session.selection);
    return { session: { clipboard: clipOf(context), notice: { key: 'copied', values: countParts({ nodes, notes }) } } };
  },
});

export const cut = defineCommand({
  shortcuts: ['Mod+X'],
  isEdit: true,
  isEnabled: hasSelectedParts,
  plan: (context) => {
    if (!hasSelectedParts(context)) return undefined;
    const { document, catalog, session } = context;
    const { nodes, edges } = session.selection;
    const notes = notesAmong(document, catalog, session.selection);
    const removed = notes.map(({ id }) => id);
    return {
      edit: {
        diff: [...planRemoval(context, nodes, edges), ...planNoteRemoval(document, removed)],
        name: entryOf('cut', { nodes, notes }),
      },
      session: { clipboard: clipOf(context), selection: NOTHING_SELECTED },
    };
  },
});

/** Pastes nodes with fresh ids; `at` is where their upper left corner goes, else a step beside where they were copied. */
export const paste = defineCommand<{ text?: string; at?: Point } | undefined>({
  shortcuts: ['Mod+V'],
  isEdit: true,
  plan: (context, args) => {
    const clip = readClip(args?.text ?? context.session.clipboard ?? '');
    if (typeof clip === 'string') return { session: { notice: { key: `refused.${clip}` } } };
    return planCopies(context, clip, args?.at ? offsetTo(clip, args.at) : STEP, 'paste');
  },
});

export const duplicate = defineCommand({
  shortcuts: ['Mod+D'],
  isEdit: true,
  isEnabled: hasSelectedParts,
  plan: (context) => {
    const clip = readClip(clipOf(context));
    return typeof clip === 'string' ? undefined : planCopies(context, clip, STEP, 'duplicate');
  },
});

function clipOf({ document, catalog, session }: PlanContext): string {
  return writeClip(document, catalog, session.selection);
}

const partsOf = ({ nodes, notes = [] }: Clip): readonly { position: Point }[] => [...nodes, ...notes];

function offsetTo(clip: Clip, at: Point): Point {
  const parts = clip.nodes.length > 0 ? clip.nodes : partsOf(clip);
  const left = Math.min(...parts.map(({ position }) => position.x));
  const top = Math.min(...parts.map(({ position }) => position.y));
  return { x: at.x - left, y: at.y - top };
}

/** Kinds unknown here are pasted as well: the problems panel names them, dropping them would lose work. */
function planCopies(
  { document, catalog, createId }: PlanContext,
  clip: Clip,
  wish: Point,
  act: 'paste' | 'duplicate',
): Plan {
  const freshIds = new Map(clip.nodes.map((node) => [node.id, createId(familyOf(node.kind))]));
  const offset = uncovered(document, clip, wish);
  const placed = ({ position: { x, y } }: { position: Point }) => snap({ x: x + offset.x, y: y + offset.y });
  const nodes = clip.nodes.map((node): Change => {
    const id = freshIds.get(node.id) ?? node.id;
    return { of: 'node', id, after: { ...structuredClone(node), id, position: placed(node) } };
  });
  const notes = (clip.notes ?? []).map((note) => ({
    ...structuredClone(note),
    id: createId('note'),
    position: placed(note),
  }));
  let pasted = applyDiff(document, nodes);
  const edges: Change[] = [];
  for (const edge of clip.edges) {
    const from = freshIds.get(edge.from);
    const to = freshIds.get(edge.to);
    if (from === undefined || to === undefined || refuseConnection(pasted, catalog, from, edge.port, to)) continue;
    const after: GraphEdge = { id: createId('e'), from, port: edge.port, to };
    const change: Change = { of: 'edge', id: after.id, after };
    edges.push(change);
    pasted = applyDiff(pasted, [change]);
  }
  const [first] = freshIds.values();
  const [note] = notes;
  const noted = notes.map((after): Change => ({ of: 'note', id: after.id, after }));
  return {
    edit: { diff: [...nodes, ...edges, ...noted], name: entryOf(act, { nodes, notes }) },
    session: {
      selection: selectionOf({ nodes: [...freshIds.values()], notes: notes.map(({ id }) => id) }),
      notice: null,
    },
    ...(first !== undefined
      ? { view: { kind: 'reveal', node: first } }
      : note && { view: { kind: 'show', area: { ...note.position, ...note.size } } }),
  };
}

/** The wished offset, or as many steps further as it takes for no copy to cover what it is one of: pasting twice shows two. */
function uncovered(document: FlowDocument, clip: Clip, wish: Point): Point {
  const others = [...Object.values(document.nodes), ...Object.values(document.notes)];
  const taken = new Set(others.map(({ position }) => placeKey(position)));
  let offset = wish;
  const isCovering = ({ position: { x, y } }: { position: Point }) =>
    taken.has(placeKey(snap({ x: x + offset.x, y: y + offset.y })));
  while (partsOf(clip).some(isCovering)) offset = { x: offset.x + STEP.x, y: offset.y + STEP.y };
  return offset;
}

const placeKey = ({ x, y }: Point) => `${x}/${y}`;
