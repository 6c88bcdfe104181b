import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { describeMisfit } from '../errors/describe-misfit.ts';
import { explainMisfit } from '../errors/explain-misfit.ts';
import { readJson } from '../errors/read-json.ts';
import type { Locale } from '../model/locale.ts';
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

/** The text of a flow in the canonical form of `serializeGraph`: one change of a node is one small change of the text. */
export function writeFlowFile({ graph, ...about }: FlowFile): string {
  const text = JSON.parse(serializeGraph(graph)) as Graph;
  return serializeCanonically({ ...about, format: 'sluice-flow', graph: text });
}

/** The flow of a text, or why it is none, as a sentence in a language. */
export function readFlowFile(text: string): { file: FlowFile } | { fault: (locale: Locale) => string } {
  const read = readJson(text);
  if ('fault' in read) return read;
  if (Value.Check(FlowFile, read.content)) return { file: read.content };
  const misfit = explainMisfit(FlowFile, read.content);
  return { fault: (locale) => describeMisfit(misfit, locale) };
}
