import type { GraphEdge } from '@sluice/shared/graph';
import { familyOf } from '@sluice/shared/node-template';
import { type Clip, framesOf, readClip, writeClip } from '../clip.ts';
import { defineCommand, hasSelectedNodes, type Plan, type PlanContext } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { applyDiff, type Change } from '../diff.ts';
import type { FlowDocument } from '../flow-document.ts';
import { NOTHING_SELECTED } from '../history.ts';
import { GRID, type Point, snap } from '../placement.ts';
import { planRemoval } from './delete.ts';

/** From one copy to the next. */
const STEP: Point = { x: 2 * GRID, y: 2 * GRID };

export const copy = defineCommand({
  shortcuts: ['Mod+C'],
  isEdit: false,
  isEnabled: hasSelectedNodes,
  plan: ({ document, session, catalog }) => {
    const { nodes } = session.selection;
    if (nodes.length === 0) return undefined;
    return {
      session: {
        clipboard: writeClip(document, catalog, nodes),
        notice: { key: 'copied', values: { count: nodes.length } },
      },
    };
  },
});

export const cut = defineCommand({
  shortcuts: ['Mod+X'],
  isEdit: true,
  isEnabled: hasSelectedNodes,
  plan: (context) => {
    const { nodes, edges } = context.session.selection;
    if (nodes.length === 0) return undefined;
    const frames = framesOf(context.document, context.catalog, new Set(nodes));
    return {
      edit: {
        diff: [
          ...planRemoval(context, nodes, edges),
          ...frames.map((before): Change => ({ of: 'note', id: before.id, before })),
        ],
        name: { key: 'cut-nodes', values: { count: nodes.length } },
      },
      session: { clipboard: writeClip(context.document, context.catalog, nodes), selection: NOTHING_SELECTED },
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
    return planCopies(context, clip, args?.at ? offsetTo(clip, args.at) : STEP, 'paste-nodes');
  },
});

export const duplicate = defineCommand({
  shortcuts: ['Mod+D'],
  isEdit: true,
  isEnabled: hasSelectedNodes,
  plan: (context) => {
    const { nodes } = context.session.selection;
    const clip = readClip(writeClip(context.document, context.catalog, nodes));
    if (typeof clip === 'string') return undefined;
    return planCopies(context, clip, STEP, 'duplicate-nodes');
  },
});

function offsetTo(clip: Clip, at: Point): Point {
  const left = Math.min(...clip.nodes.map((node) => node.position.x));
  const top = Math.min(...clip.nodes.map((node) => node.position.y));
  return { x: at.x - left, y: at.y - top };
}

/** Kinds unknown here are pasted as well: the problems panel names them, dropping them would lose work. */
function planCopies(
  { document, catalog, createId }: PlanContext,
  clip: Clip,
  wish: Point,
  key: 'paste-nodes' | 'duplicate-nodes',
): Plan {
  const freshIds = new Map(clip.nodes.map((node) => [node.id, createId(familyOf(node.kind))]));
  const offset = uncovered(document, clip, wish);
  const placed = ({ position: { x, y } }: { position: Point }) => snap({ x: x + offset.x, y: y + offset.y });
  const nodes = clip.nodes.map((node): Change => {
    const id = freshIds.get(node.id) ?? node.id;
    return { of: 'node', id, after: { ...structuredClone(node), id, position: placed(node) } };
  });
  const notes = (clip.notes ?? []).map((note): Change => {
    const id = createId('note');
    return { of: 'note', id, after: { ...structuredClone(note), id, position: placed(note) } };
  });
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
  const selection = { nodes: [...freshIds.values()], edges: [] };
  const name = { key, values: { count: clip.nodes.length } };
  const [first = ''] = selection.nodes;
  return {
    edit: { diff: [...nodes, ...edges, ...notes], name },
    session: { selection, notice: null },
    view: { kind: 'reveal', node: first },
  };
}

/** The wished offset, or as many steps further as it takes for no copy to cover a node: pasting twice shows two. */
function uncovered(document: FlowDocument, clip: Clip, wish: Point): Point {
  const taken = new Set(Object.values(document.nodes).map(({ position }) => placeKey(position)));
  let offset = wish;
  const isCovering = ({ position: { x, y } }: { position: Point }) =>
    taken.has(placeKey(snap({ x: x + offset.x, y: y + offset.y })));
  while (clip.nodes.some(isCovering)) offset = { x: offset.x + STEP.x, y: offset.y + STEP.y };
  return offset;
}

const placeKey = ({ x, y }: Point) => `${x}/${y}`;
