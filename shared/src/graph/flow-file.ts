import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Graph } from './graph.ts';
import { serializeCanonically, serializeGraph } from './serialize-graph.ts';

/**
 * A flow as a file of its own, to be read, compared and kept under version control. `flowId` and `revision` say which draft
 * it was taken from; `cases` are dry runs with assertions, whose form the API knows.
 */
export const FlowFile = Type.Object(
  {
    format: Type.Optional(Type.Literal('sluice-flow')),
    flowId: Type.Optional(Type.String({ maxLength: 64 })),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    /** Of dry runs; UTC where nothing is said. */
    timeZone: Type.Optional(Type.String({ maxLength: 80 })),
    graph: Graph,
    cases: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 500 })),
  },
  { additionalProperties: false },
);
export type FlowFile = Static<typeof FlowFile>;

/** Why a text is no flow file: where in it, and what is expected there. */
export interface FlowFileFault {
  place: string;
  message: string;
}

/** The text of a flow in the canonical form of `serializeGraph`: one change of a node is one small change of the text. */
export function writeFlowFile({ graph, ...about }: FlowFile): string {
  const text = JSON.parse(serializeGraph(graph)) as Graph;
  return serializeCanonically({ ...about, format: 'sluice-flow', graph: text });
}

export function readFlowFile(text: string): { file: FlowFile } | { fault: FlowFileFault } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { fault: { place: '', message: error instanceof Error ? error.message : String(error) } };
  }
  if (Value.Check(FlowFile, content)) return { file: content };
  const [misfit] = Value.Errors(FlowFile, content);
  return { fault: { place: misfit?.instancePath ?? '', message: misfit?.message ?? '' } };
}
