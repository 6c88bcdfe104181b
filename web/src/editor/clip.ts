import { GraphEdge, GraphNode, GraphNote } from '@sluice/shared/graph';
import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import type { NodeCatalog } from './catalog.ts';
import type { FlowDocument } from './flow-document.ts';
import type { Selection } from './history.ts';
import { nodesInside, notesInside } from './placement.ts';

/** What copying puts on the clipboard: plain JSON, so that it can be pasted into another flow, a mail or an issue. */
const Clip = Type.Object(
  {
    sluice: Type.Literal('nodes'),
    schema: Type.Literal(1),
    nodes: Type.Array(GraphNode, { maxItems: 1000 }),
    edges: Type.Array(GraphEdge, { maxItems: 4000 }),
    notes: Type.Optional(Type.Array(GraphNote, { maxItems: 200 })),
  },
  { additionalProperties: false },
);
export type Clip = Static<typeof Clip>;

/** What is selected, the edges among the nodes, and the frames that hold nothing else with the notes in them. */
export function writeClip(document: FlowDocument, catalog: NodeCatalog, selection: Selection): string {
  const chosen = new Set(selection.nodes);
  const notes = notesAmong(document, catalog, selection);
  const clip: Clip = {
    sluice: 'nodes',
    schema: 1,
    nodes: selection.nodes.flatMap((id) => document.nodes[id] ?? []),
    edges: Object.values(document.edges).filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    ...(notes.length > 0 && { notes }),
  };
  return JSON.stringify(clip, null, 2);
}

/** The notes that go where the selection goes: those in it, and frames that hold some of its nodes and no other. */
export function notesAmong(document: FlowDocument, catalog: NodeCatalog, { nodes, notes }: Selection): GraphNote[] {
  const chosen = new Set(nodes);
  const frames = Object.values(document.notes).filter((note) => {
    const inside = nodesInside(document, catalog, note);
    return inside.length > 0 && inside.every(({ id }) => chosen.has(id));
  });
  const taken = new Set([
    ...notes,
    ...frames.flatMap((frame) => [frame, ...notesInside(document, frame)].map(({ id }) => id)),
  ]);
  return Object.values(document.notes).filter(({ id }) => taken.has(id));
}

export type ClipRefusal = 'clipboard-empty' | 'clipboard-foreign' | 'clipboard-damaged';

/** Reads what was copied; says why when it is not ours or no longer whole. */
export function readClip(text: string): Clip | ClipRefusal {
  if (text.trim() === '') return 'clipboard-empty';
  const candidate = parseJson(text);
  if (typeof candidate !== 'object' || candidate === null || !('sluice' in candidate)) return 'clipboard-foreign';
  if (!Value.Check(Clip, candidate)) return 'clipboard-damaged';
  return candidate.nodes.length + (candidate.notes?.length ?? 0) > 0 ? candidate : 'clipboard-damaged';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // text that is not JSON is an ordinary thing to find on a clipboard
  }
}
