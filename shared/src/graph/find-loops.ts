import type { GraphIndex } from './index-graph.ts';

/**
 * Loops that a run could walk without ever passing a node at which they break: each as its nodes, in the order of the
 * graph. They are the strongly connected components (R. Tarjan, "Depth-first search and linear graph algorithms", 1972) of what
 * is left when those nodes are taken out; a single node counts only if it leads to itself.
 */
export function findLoops(index: GraphIndex, isBreak: (nodeId: string) => boolean): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const standing = new Set<string>();
  const loops: string[][] = [];

  const successors = (nodeId: string) =>
    index
      .outgoing(nodeId)
      .map(({ to }) => to)
      .filter((to) => index.node(to) !== undefined && !isBreak(to));

  // Depth is bounded by the nodes of a graph (at most 1000), so recursion cannot exhaust the stack.
  const visit = (nodeId: string): void => {
    order.set(nodeId, order.size);
    low.set(nodeId, order.size - 1);
    stack.push(nodeId);
    standing.add(nodeId);
    for (const to of successors(nodeId)) {
      if (!order.has(to)) {
        visit(to);
        lower(nodeId, low.get(to));
      } else if (standing.has(to)) lower(nodeId, order.get(to));
    }
    if (low.get(nodeId) !== order.get(nodeId)) return;
    const component = stack.splice(stack.indexOf(nodeId));
    for (const member of component) standing.delete(member);
    if (component.length > 1 || successors(nodeId).includes(nodeId)) loops.push(component);
  };
  const lower = (nodeId: string, bound: number | undefined) => {
    if (bound !== undefined && bound < (low.get(nodeId) ?? 0)) low.set(nodeId, bound);
  };

  const rank = new Map(index.graph.nodes.map(({ id }, position) => [id, position]));
  for (const { id } of index.graph.nodes) if (!isBreak(id) && !order.has(id)) visit(id);
  for (const loop of loops) loop.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  return loops;
}
