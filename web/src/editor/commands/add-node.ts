import type { GraphEdge, GraphNode } from '@sluice/shared/graph';
import { familyOf } from '@sluice/shared/node-template';
import type { NodeCatalog } from '../catalog.ts';
import { portsOf } from '../catalog.ts';
import { defineCommand, type Edit, type Plan, type PlanContext } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { applyDiff, type Change } from '../diff.ts';
import { edgeAtPort } from '../edge-index.ts';
import type { FlowDocument } from '../flow-document.ts';
import { selectionOf } from '../history.ts';
import {
  COLUMN_GAP,
  freePlace,
  heightOf,
  NODE_WIDTH,
  type Point,
  placeAfter,
  reachableFrom,
  snap,
} from '../placement.ts';
import type { AddTarget } from '../session.ts';

/** Adds a node: at a point, behind a port, or into an edge; without a target behind the selected node's free port. */
export const addNode = defineCommand<{ kind: string; target?: AddTarget }>({
  isEdit: true,
  plan: (context, { kind, target = defaultTarget(context) }) => {
    const manifest = context.catalog.find(kind);
    if (!manifest) return undefined;
    const node: GraphNode = {
      id: context.createId(familyOf(kind)),
      kind,
      kindVersion: manifest.version,
      params: structuredClone(manifest.defaults) as Record<string, unknown>,
      position: { x: 0, y: 0 },
    };
    if (target.at === 'edge') return planInsert(context, node, target.edge);
    if (target.at === 'port') return planAppend(context, node, target.node, target.port);
    return planAdd(context, node, target.point ?? belowEverything(context.document));
  },
});

/** Shows the list of kinds, bound for a place on the canvas. */
export const openQuickAdd = defineCommand<{ target?: AddTarget } | undefined>({
  shortcuts: ['/'],
  isEdit: true,
  plan: (context, args) => ({ session: { quickAdd: args?.target ?? defaultTarget(context) } }),
});

export const closeQuickAdd = defineCommand({
  isEdit: false,
  plan: () => ({ session: { quickAdd: null } }),
});

/** The selected edge; else behind the selected node, at a port that leads nowhere if it has one; else free ground. */
function defaultTarget({ document, session, catalog }: PlanContext): AddTarget {
  const [edge] = session.selection.edges;
  if (edge !== undefined && document.edges[edge]) return { at: 'edge', edge };
  const node = document.nodes[session.selection.nodes.at(-1) ?? ''];
  const ports = node ? portsOf(catalog, node) : [];
  const port = ports.find(({ id }) => node && !edgeAtPort(document, node.id, id)) ?? ports[0];
  return node && port ? { at: 'port', node: node.id, port: port.id } : { at: 'point' };
}

/** Whether a kind can stand in the middle of an edge: something enters it and something leaves it. */
export function canInsert(catalog: NodeCatalog, kind: string): boolean {
  const manifest = catalog.find(kind);
  return manifest !== undefined && manifest.category !== 'trigger' && manifest.ports(manifest.defaults).length > 0;
}

function planAdd(
  { document, catalog }: PlanContext,
  node: GraphNode,
  wish: Point,
  more: Change[] = [],
): Plan & { edit: Edit } {
  const after = { ...node, position: freePlace(document, catalog, wish, heightOf(catalog, node)) };
  return {
    edit: {
      diff: [{ of: 'node', id: node.id, after }, ...more],
      name: { key: 'add-node', values: { kind: node.kind } },
    },
    session: { selection: selectionOf({ nodes: [node.id] }), inspected: node.id, inspectedParam: null, quickAdd: null },
    view: { kind: 'reveal', node: node.id },
  };
}

function planAppend(context: PlanContext, node: GraphNode, from: string, port: string): Plan | undefined {
  const { document, catalog, createId } = context;
  const source = document.nodes[from];
  if (!source) return undefined;
  const taken = edgeAtPort(document, from, port);
  if (taken) return planInsert(context, node, taken.id);
  const trial = applyDiff(document, [{ of: 'node', id: node.id, after: node }]);
  const wish = placeAfter(catalog, source, port);
  const refusal = refuseConnection(trial, catalog, from, port, node.id);
  if (refusal === 'to-trigger') return planAdd(context, node, belowEverything(document));
  if (refusal) return { session: { notice: { key: `refused.${refusal}` }, quickAdd: null } };
  const edge: GraphEdge = { id: createId('e'), from, port, to: node.id };
  return planAdd(context, node, wish, [{ of: 'edge', id: edge.id, after: edge }]);
}

function planInsert(context: PlanContext, node: GraphNode, edgeId: string): Plan | undefined {
  const { document, catalog, createId } = context;
  const before = document.edges[edgeId];
  const target = before && document.nodes[before.to];
  const source = before && document.nodes[before.from];
  if (!before || !target || !source) return undefined;
  const [out] = portsOf(catalog, node);
  if (!canInsert(catalog, node.kind) || !out)
    return { session: { notice: { key: 'refused.not-between' }, quickAdd: null } };
  const room = makeRoom(document, source, target);
  const onward: GraphEdge = { id: createId('e'), from: node.id, port: out.id, to: before.to };
  const shifted = applyDiff(document, room);
  const wish = { x: source.position.x + NODE_WIDTH + COLUMN_GAP, y: target.position.y };
  const plan = planAdd({ ...context, document: shifted }, node, wish, [
    { of: 'edge', id: edgeId, before, after: { ...before, to: node.id } },
    { of: 'edge', id: onward.id, after: onward },
  ]);
  return { ...plan, edit: { ...plan.edit, diff: [...room, ...plan.edit.diff] } };
}

/** Moves what lies behind an edge to the right until one more column fits; what stands left of it stays. */
function makeRoom(document: FlowDocument, source: GraphNode, target: GraphNode): Change[] {
  const needed = source.position.x + 2 * (NODE_WIDTH + COLUMN_GAP) - target.position.x;
  if (needed <= 0 || target.position.x <= source.position.x) return [];
  return [...reachableFrom(document, target.id)].flatMap((id): Change[] => {
    const before = document.nodes[id];
    if (!before || id === source.id || before.position.x < target.position.x) return [];
    const position = snap({ x: before.position.x + needed, y: before.position.y });
    return [{ of: 'node', id, before, after: { ...before, position } }];
  });
}

function belowEverything(document: FlowDocument): Point {
  const nodes = Object.values(document.nodes);
  if (nodes.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.min(...nodes.map((node) => node.position.x)),
    y: Math.max(...nodes.map((node) => node.position.y)) + 120,
  };
}
