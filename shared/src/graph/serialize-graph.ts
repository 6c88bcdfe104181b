import type { Graph } from './graph.ts';

/**
 * The canonical JSON of a graph: nodes and edges by id, keys in alphabetical order, two spaces. Two graphs that mean the
 * same give the same text, so that it can be compared, hashed and kept under version control.
 */
export function serializeGraph(graph: Graph): string {
  const canonical = {
    ...graph,
    nodes: byId(graph.nodes),
    edges: byId(graph.edges),
    ...(graph.notes && { notes: byId(graph.notes) }),
  };
  return serializeCanonically(canonical);
}

/** Any JSON with its keys in alphabetical order and two spaces. */
export function serializeCanonically(value: unknown): string {
  return `${JSON.stringify(sortKeys(value), null, 2)}\n`;
}

function byId<T extends { id: string }>(items: readonly T[]): T[] {
  // By code unit, not by locale: the text must not depend on the machine.
  return [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, sortKeys(inner)]));
}
