import { useReactFlow } from '@xyflow/react';
import { type MouseEvent as ReactMouseEvent, useMemo, useRef } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { notesIn } from '../editor/placement.ts';

/**
 * What React Flow's box and its click on free ground leave undone: notes, which are none of its cards, are selected and let
 * go as cards are, and of the lines at what was selected only those stay that lead from one of it to another.
 */
export function useBox() {
  const editor = useEditor();
  const flow = useReactFlow();
  const from = useRef({ x: 0, y: 0 });
  return useMemo(() => {
    const letGo = () => {
      const { selection } = editor.store.getState().session;
      if (selection.notes.length > 0) editor.run('select', { selection: { ...selection, notes: [] } });
    };
    return {
      onPaneClick: letGo,
      onSelectionStart(event: ReactMouseEvent): void {
        from.current = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        letGo();
      },
      onSelectionEnd(event: ReactMouseEvent): void {
        const { document, session } = editor.store.getState();
        const { nodes, edges } = session.selection;
        const notes = notesIn(
          document,
          from.current,
          flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }),
        );
        const chosen = new Set(nodes);
        const isAmong = (id: string) => {
          const edge = document.edges[id];
          return edge !== undefined && chosen.has(edge.from) && chosen.has(edge.to);
        };
        editor.run('select', { selection: { nodes, edges: edges.filter(isAmong), notes: notes.map(({ id }) => id) } });
      },
    };
  }, [editor, flow]);
}
