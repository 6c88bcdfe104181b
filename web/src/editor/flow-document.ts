import {
  type ExposedParam,
  type Graph,
  type GraphEdge,
  type GraphNode,
  type GraphNote,
  Graph as GraphSchema,
  type Measurement,
  type TemplateOrigin,
} from '@sluice/shared/graph';
import Value from 'typebox/value';

/**
 * The saved, undoable scope: a flow's graph keyed by id. Values are never mutated, so an unchanged node keeps its
 * identity and what is drawn from it need not be drawn again.
 */
export interface FlowDocument {
  readonly name: string;
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly edges: Readonly<Record<string, GraphEdge>>;
  readonly notes: Readonly<Record<string, GraphNote>>;
  readonly measurement?: Measurement;
  /** What is asked for when it becomes a template. */
  readonly exposed?: readonly ExposedParam[];
  /** From which template it was made. */
  readonly origin?: TemplateOrigin;
}

export function documentOf(name: string, graph: Graph): FlowDocument {
  return {
    name,
    nodes: Object.fromEntries(graph.nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(graph.edges.map((edge) => [edge.id, edge])),
    notes: Object.fromEntries((graph.notes ?? []).map((note) => [note.id, note])),
    ...(graph.measurement && { measurement: graph.measurement }),
    ...(graph.exposed && { exposed: graph.exposed }),
    ...(graph.origin && { origin: graph.origin }),
  };
}

/** The graph as it is saved: ordered by id, so that changing one node changes one place of the text. */
export function graphOf(document: FlowDocument): Graph {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const notes = Object.values(document.notes).toSorted(byId);
  return {
    schema: 1,
    nodes: Object.values(document.nodes).toSorted(byId),
    edges: Object.values(document.edges).toSorted(byId),
    ...(notes.length > 0 && { notes }),
    ...(document.measurement && { measurement: document.measurement }),
    ...(document.exposed && document.exposed.length > 0 && { exposed: [...document.exposed] }),
    ...(document.origin && { origin: document.origin }),
  };
}

/** Whether both would be saved as the same text. */
export function isSameDocument(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || (a.name === b.name && Value.Equal(graphOf(a), graphOf(b)));
}

/** Reads a graph from outside (clipboard, local storage); undefined when it is none. */
export function parseGraph(candidate: unknown): Graph | undefined {
  return Value.Check(GraphSchema, candidate) ? candidate : undefined;
}
