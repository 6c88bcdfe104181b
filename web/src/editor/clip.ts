import { GraphEdge, GraphNode } from '@sluice/shared/graph';
import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import type { FlowDocument } from './flow-document.ts';

/** What copying puts on the clipboard: plain JSON, so that it can be pasted into another flow, a mail or an issue. */
const Clip = Type.Object(
  {
    sluice: Type.Literal('nodes'),
    schema: Type.Literal(1),
    nodes: Type.Array(GraphNode, { minItems: 1, maxItems: 1000 }),
    edges: Type.Array(GraphEdge, { maxItems: 4000 }),
  },
  { additionalProperties: false },
);
export type Clip = Static<typeof Clip>;

/** The chosen nodes and the edges among them. */
export function writeClip(document: FlowDocument, ids: readonly string[]): string {
  const chosen = new Set(ids);
  const clip: Clip = {
    sluice: 'nodes',
    schema: 1,
    nodes: ids.flatMap((id) => document.nodes[id] ?? []),
    edges: Object.values(document.edges).filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
  };
  return JSON.stringify(clip, null, 2);
}

export type ClipRefusal = 'clipboard-empty' | 'clipboard-foreign' | 'clipboard-damaged';

/** Reads what was copied; says why when it is not ours or no longer whole. */
export function readClip(text: string): Clip | ClipRefusal {
  if (text.trim() === '') return 'clipboard-empty';
  const candidate = parseJson(text);
  if (typeof candidate !== 'object' || candidate === null || !('sluice' in candidate)) return 'clipboard-foreign';
  return Value.Check(Clip, candidate) ? candidate : 'clipboard-damaged';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // text that is not JSON is an ordinary thing to find on a clipboard
  }
}
