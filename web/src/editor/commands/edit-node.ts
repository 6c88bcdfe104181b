import type { GraphEdge, GraphNode } from '@sluice/shared/graph';
import Value from 'typebox/value';
import { portsOf } from '../catalog.ts';
import { defineCommand, type PlanContext } from '../command.ts';
import type { Change } from '../diff.ts';
import { edgesFrom } from '../edge-index.ts';

/** Changes one parameter; `undefined` removes it. Typing in one field is one entry until the field is left. */
export const setParam = defineCommand<{ node: string; param: string; value: unknown }>({
  isEdit: true,
  plan: (context, { node, param, value }) => {
    const before = context.document.nodes[node];
    if (!before || Value.Equal(before.params[param], value)) return undefined;
    const { [param]: _old, ...others } = before.params;
    const after = { ...before, params: value === undefined ? others : { ...before.params, [param]: value } };
    return {
      edit: {
        diff: [{ of: 'node', id: node, before, after }, ...followPorts(context, before, after)],
        name: { key: 'edit-node', values: { kind: before.kind } },
        gesture: `param/${node}/${param}`,
      },
    };
  },
});

/** Puts another text of the same node in its place, as one entry: what is written as JSON. Id and kind stay what they were. */
export const replaceNode = defineCommand<{ node: GraphNode }>({
  isEdit: true,
  plan: (context, { node }) => {
    const before = context.document.nodes[node.id];
    if (!before) return undefined;
    const after = { ...node, kind: before.kind, kindVersion: before.kindVersion };
    if (Value.Equal(before, after)) return undefined;
    return {
      edit: {
        diff: [{ of: 'node', id: node.id, before, after }, ...followPorts(context, before, after)],
        name: { key: 'edit-node', values: { kind: before.kind } },
      },
    };
  },
});

/** Gives a node the operator's own name; an empty one brings the kind's title back. */
export const renameNode = defineCommand<{ node: string; name: string }>({
  isEdit: true,
  plan: ({ document }, { node, name }) => {
    const before = document.nodes[node];
    if (!before || (before.name ?? '') === name) return undefined;
    const { name: _old, ...rest } = before;
    const after = name === '' ? rest : { ...rest, name: name.slice(0, 120) };
    return {
      edit: {
        diff: [{ of: 'node', id: node, before, after }],
        name: { key: 'rename-node', values: { kind: before.kind } },
        gesture: `name/${node}`,
      },
    };
  },
});

/**
 * Edges follow a port whose id changed in place (a variant's key), and go with a port that is gone: an edge on a port
 * that does not exist could be neither seen nor published.
 */
export function followPorts({ document, catalog }: PlanContext, before: GraphNode, after: GraphNode): Change[] {
  const oldIds = portsOf(catalog, before).map((port) => port.id);
  const newIds = portsOf(catalog, after).map((port) => port.id);
  const isRenaming = oldIds.length === newIds.length;
  return edgesFrom(document, before.id).flatMap((edge): Change[] => {
    if (newIds.includes(edge.port)) return [];
    const renamed = isRenaming ? newIds[oldIds.indexOf(edge.port)] : undefined;
    if (renamed === undefined || oldIds.includes(renamed)) return [{ of: 'edge', id: edge.id, before: edge }];
    const moved: GraphEdge = { ...edge, port: renamed };
    return [{ of: 'edge', id: edge.id, before: edge, after: moved }];
  });
}
