import { type Static, Type } from 'typebox';
import { ExposedParam, TemplateOrigin } from './exposed-param.ts';
import { GraphId } from './graph-id.ts';

export { GraphId } from './graph-id.ts';

/** Marks of operators on the canvas; they mean what the team agrees on. */
export const MARK_COLOURS = ['teal', 'green', 'amber', 'violet', 'blue', 'grey'] as const;
export type MarkColour = (typeof MARK_COLOURS)[number];
export const MarkColour = Type.Unsafe<MarkColour>(Type.Union(MARK_COLOURS.map((colour) => Type.Literal(colour))));

const Point = Type.Object({ x: Type.Number(), y: Type.Number() });

export const GraphNode = Type.Object(
  {
    id: GraphId,
    kind: Type.String({ maxLength: 64 }),
    kindVersion: Type.Integer({ minimum: 1 }),
    /** The operator's own name for the node; the kind's title when absent. */
    name: Type.Optional(Type.String({ maxLength: 120 })),
    params: Type.Record(Type.String(), Type.Unknown()),
    position: Point,
    /** Runs pass it as if it were not there. */
    isDisabled: Type.Optional(Type.Literal(true)),
    colour: Type.Optional(MarkColour),
  },
  { additionalProperties: false },
);
export type GraphNode = Static<typeof GraphNode>;

export const GraphEdge = Type.Object(
  {
    id: GraphId,
    from: GraphId,
    /** The output port of `from`; a port carries at most one edge. */
    port: Type.String({ maxLength: 80 }),
    to: GraphId,
  },
  { additionalProperties: false },
);
export type GraphEdge = Static<typeof GraphEdge>;

/** Words on the canvas beside the nodes: a note, or a frame with a title around what belongs together. No run meets one. */
export const GraphNote = Type.Object(
  {
    id: GraphId,
    form: Type.Union([Type.Literal('note'), Type.Literal('frame')]),
    text: Type.String({ maxLength: 2000 }),
    position: Point,
    size: Type.Object({
      width: Type.Number({ minimum: 40, maximum: 20_000 }),
      height: Type.Number({ minimum: 40, maximum: 20_000 }),
    }),
    colour: Type.Optional(MarkColour),
  },
  { additionalProperties: false },
);
export type GraphNote = Static<typeof GraphNote>;

/**
 * What counts as success, versioned with the graph. A click is a tracked link of this flow, or `clickEvent` where the
 * click is measured elsewhere (a site visit). Money comes from `valueProperty` in major units of `currency`.
 */
export const Measurement = Type.Object(
  {
    clickEvent: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    conversionEvent: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    valueProperty: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    windowMs: Type.Integer({ minimum: 60_000, maximum: 366 * 86_400_000 }),
  },
  { additionalProperties: false },
);
export type Measurement = Static<typeof Measurement>;

/** For a graph that says nothing: clicks on its own links, for two weeks. */
export const DEFAULT_MEASUREMENT: Measurement = { windowMs: 14 * 86_400_000 };

export const Graph = Type.Object(
  {
    schema: Type.Literal(1),
    nodes: Type.Array(GraphNode, { maxItems: 1000 }),
    edges: Type.Array(GraphEdge, { maxItems: 4000 }),
    notes: Type.Optional(Type.Array(GraphNote, { maxItems: 200 })),
    measurement: Type.Optional(Measurement),
    /** Of a graph that is to become a template: what whoever uses it is asked for, in this order. */
    exposed: Type.Optional(Type.Array(ExposedParam, { maxItems: 100 })),
    /** Of a graph that was made from a template. */
    origin: Type.Optional(TemplateOrigin),
  },
  { additionalProperties: false },
);
export type Graph = Static<typeof Graph>;

export const EMPTY_GRAPH: Graph = { schema: 1, nodes: [], edges: [] };

/** A thing that keeps a graph from being published (`error`) or deserves a look (`warning`). Texts: `problems.<code>`. */
export const Problem = Type.Object({
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  node: Type.Optional(Type.String()),
  edge: Type.Optional(Type.String()),
  /** JSON pointer into the node's params. */
  param: Type.Optional(Type.String()),
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
});
export type Problem = Static<typeof Problem>;
