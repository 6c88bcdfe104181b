import type { Graph, GraphNode } from '@sluice/shared/graph';
import type { AnyHandler } from '@sluice/shared/node-contract';

/** A flow version made ready to run: look-ups instead of searches. */
export interface FlowProgram {
  readonly flowId: string;
  readonly version: number;
  readonly graph: Graph;
  node(id: string): GraphNode | undefined;
  next(node: string, port: string): string | undefined;
  handler(kind: string): AnyHandler | undefined;
}

/** Programs by version; versions never change, so they are kept. */
export interface FlowPrograms {
  get(flowId: string, version: number): Promise<FlowProgram | undefined>;
}

export function compileProgram(
  flowId: string,
  version: number,
  graph: Graph,
  handlers: Readonly<Record<string, AnyHandler>>,
): FlowProgram {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const ports = new Map(graph.edges.map((edge) => [`${edge.from}\n${edge.port}`, edge.to]));
  return {
    flowId,
    version,
    graph,
    node: (id) => nodes.get(id),
    next: (node, port) => ports.get(`${node}\n${port}`),
    handler: (kind) => (Object.hasOwn(handlers, kind) ? handlers[kind] : undefined),
  };
}
