import { GraphEdge, GraphNode, GraphNote } from '@sluice/shared/graph';
import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import type { NodeCatalog } from './catalog.ts';
import type { FlowDocument } from './flow-document.ts';
import { nodesInside } from './placement.ts';

/** What copying puts on the clipboard: plain JSON, so that it can be pasted into another flow, a mail or an issue. */
const Clip = Type.Object(
  {
    sluice: Type.Literal('nodes'),
    schema: Type.Literal(1),
    nodes: Type.Array(GraphNode, { minItems: 1, maxItems: 1000 }),
    edges: Type.Array(GraphEdge, { maxItems: 4000 }),
    notes: Type.Optional(Type.Array(GraphNote, { maxItems: 200 })),
  },
  { additionalProperties: false },
);
export type Clip = Static<typeof Clip>;

/** The chosen nodes, the edges among them, and the frames that hold nothing else. */
export function writeClip(document: FlowDocument, catalog: NodeCatalog, ids: readonly string[]): string {
  const chosen = new Set(ids);
  const frames = framesOf(document, catalog, chosen);
  const clip: Clip = {
    sluice: 'nodes',
    schema: 1,
    nodes: ids.flatMap((id) => document.nodes[id] ?? []),
    edges: Object.values(document.edges).filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    ...(frames.length > 0 && { notes: frames }),
  };
  return JSON.stringify(clip, null, 2);
}

/** The frames that hold some of these nodes and no other. */
export function framesOf(document: FlowDocument, catalog: NodeCatalog, ids: ReadonlySet<string>): GraphNote[] {
  return Object.values(document.notes).filter((note) => {
    const inside = nodesInside(document, catalog, note);
    return inside.length > 0 && inside.every(({ id }) => ids.has(id));
  });
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
