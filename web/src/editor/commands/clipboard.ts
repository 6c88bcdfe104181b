import type { GraphEdge } from '@sluice/shared/graph';
import { familyOf } from '@sluice/shared/node-template';
import { type Clip, readClip, writeClip } from '../clip.ts';
import { defineCommand, hasSelectedNodes, type Plan, type PlanContext } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { applyDiff, type Change } from '../diff.ts';
import { NOTHING_SELECTED } from '../history.ts';
import { GRID, type Point, snap } from '../placement.ts';
import { planRemoval } from './delete.ts';

export const copy = defineCommand({
  shortcuts: ['Mod+C'],
  isEdit: false,
  isEnabled: hasSelectedNodes,
  plan: ({ document, session }) => {
    const { nodes } = session.selection;
    if (nodes.length === 0) return undefined;
    return {
      session: {
        clipboard: writeClip(document, nodes),
        pastes: 0,
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
    return {
      edit: {
        diff: planRemoval(context, nodes, edges),
        name: { key: 'cut-nodes', values: { count: nodes.length } },
      },
      session: { clipboard: writeClip(context.document, nodes), pastes: 0, selection: NOTHING_SELECTED },
    };
  },
});

/** Pastes nodes with fresh ids; `at` is where the upper left one goes, else a step beside where they were copied. */
export const paste = defineCommand<{ text?: string; at?: Point } | undefined>({
  shortcuts: ['Mod+V'],
  isEdit: true,
  plan: (context, args) => {
    const clip = readClip(args?.text ?? context.session.clipboard ?? '');
    if (typeof clip === 'string') return { session: { notice: { key: `refused.${clip}` } } };
    const step = 2 * GRID * (context.session.pastes + 1);
    const offset = args?.at ? offsetTo(clip, args.at) : { x: step, y: step };
    const plan = planCopies(context, clip, offset, 'paste-nodes');
    return { ...plan, session: { ...plan.session, pastes: context.session.pastes + 1 } };
  },
});

export const duplicate = defineCommand({
  shortcuts: ['Mod+D'],
  isEdit: true,
  isEnabled: hasSelectedNodes,
  plan: (context) => {
    const { nodes } = context.session.selection;
    const clip = readClip(writeClip(context.document, nodes));
    if (typeof clip === 'string') return undefined;
    return planCopies(context, clip, { x: 2 * GRID, y: 2 * GRID }, 'duplicate-nodes');
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
  offset: Point,
  key: 'paste-nodes' | 'duplicate-nodes',
): Plan {
  const freshIds = new Map(clip.nodes.map((node) => [node.id, createId(familyOf(node.kind))]));
  const nodes = clip.nodes.map((node): Change => {
    const id = freshIds.get(node.id) ?? node.id;
    const position = snap({ x: node.position.x + offset.x, y: node.position.y + offset.y });
    return { of: 'node', id, after: { ...structuredClone(node), id, position } };
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
  return { edit: { diff: [...nodes, ...edges], name }, session: { selection, notice: null } };
}
