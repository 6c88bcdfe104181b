import type { GraphNode, GraphNote } from '@sluice/shared/graph';
import type { NodeCatalog } from './catalog.ts';
import type { Change } from './diff.ts';
import type { FlowDocument } from './flow-document.ts';
import { heightOf, NODE_WIDTH, nodesInside, notesInside } from './placement.ts';

/**
 * What becomes of frames when nodes were moved by a command that knows only nodes: each frame is around those it was
 * around before, with as much room on every side, and the notes in it go where it goes.
 */
export function followNodes(before: FlowDocument, after: FlowDocument, catalog: NodeCatalog): Change[] {
  const moved = new Map<string, GraphNote>();
  for (const frame of Object.values(before.notes)) {
    const inside = nodesInside(before, catalog, frame);
    const [was, is] = [before, after].map(({ nodes }) =>
      boundsOf(
        inside.flatMap(({ id }) => nodes[id] ?? []),
        catalog,
      ),
    );
    if (inside.length === 0 || !was || !is) continue;
    const by = { x: is.left - was.left, y: is.top - was.top };
    const size = {
      width: frame.size.width + (is.right - is.left) - (was.right - was.left),
      height: frame.size.height + (is.bottom - is.top) - (was.bottom - was.top),
    };
    for (const note of notesInside(before, frame)) if (!moved.has(note.id)) moved.set(note.id, shifted(note, by));
    moved.set(frame.id, { ...shifted(frame, by), size });
  }
  return [...moved.values()].flatMap((note): Change[] => {
    const was = before.notes[note.id];
    return was ? [{ of: 'note', id: note.id, before: was, after: note }] : [];
  });
}

function shifted(note: GraphNote, by: { x: number; y: number }): GraphNote {
  return { ...note, position: { x: note.position.x + by.x, y: note.position.y + by.y } };
}

function boundsOf(nodes: readonly GraphNode[], catalog: NodeCatalog) {
  return {
    left: Math.min(...nodes.map(({ position }) => position.x)),
    top: Math.min(...nodes.map(({ position }) => position.y)),
    right: Math.max(...nodes.map(({ position }) => position.x + NODE_WIDTH)),
    bottom: Math.max(...nodes.map((node) => node.position.y + heightOf(catalog, node))),
  };
}
