import type { Graph, GraphNode } from '@sluice/shared/graph';
import type { Flow } from '@sluice/shared/http-api';

export const AT = '2026-03-01T10:00:00.000Z';
const COLUMN = 320;

/** A node as a flow has it before anybody moved it. */
export function nodeNamed(name: string, id: string, kind: string, params: Record<string, unknown>): GraphNode {
  return { id, kind, kindVersion: 1, name, params, position: { x: 0, y: 0 } };
}

export const EVERYONE = nodeNamed('Everyone', 'begin', 'schedule', { when: 'now', audience: { op: 'all', of: [] } });

/** Nodes in a row, each led to by the way on of the one before it. */
export function row(...nodes: readonly GraphNode[]): Graph {
  return {
    schema: 1,
    nodes: nodes.map((node, index) => ({ ...node, position: { x: index * COLUMN, y: 0 } })),
    edges: nodes
      .slice(1)
      .map(({ id }, index) => ({ id: `e${index + 1}`, from: nodes[index]?.id ?? '', port: 'next', to: id })),
  };
}

/** The least that can be published: everyone enters, and that was it. */
export function beginAndStop(): Graph {
  const { name: _unnamed, ...stop } = nodeNamed('', 'stop', 'exit', { reason: 'Done' });
  return row(EVERYONE, stop);
}

/** A draft that nobody has published, as the server answers with it. */
export function draftOf(graph: Graph, change: Partial<Flow> = {}): Flow {
  return {
    id: 'f1',
    name: 'Spring sale',
    status: 'draft',
    liveVersion: null,
    hasUnpublishedChanges: false,
    createdAt: AT,
    updatedAt: AT,
    entered: 0,
    graph,
    revision: 4,
    ...change,
  };
}
