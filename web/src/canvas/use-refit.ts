import { type OnMove, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';
import { firstView } from './first-view.ts';
import { moveIntoView } from './move-into-view.ts';
import { useSought } from './use-first-view.ts';

/**
 * Keeps the whole flow in view while panels open and close beside it, until the person has moved the view. While the form
 * of a node is open the flow moves no further than it takes to see that node, since it must not jump under the click that
 * opened the form. Answers what to call when the view moves.
 */
export function useRefit(): OnMove {
  const editor = useEditor();
  const flow = useReactFlow();
  const size = useStore(({ width, height }) => `${width}×${height}`);
  const seen = useSought();
  const shown = useRef(size);
  const isMoved = useRef(false);
  useEffect(() => {
    if (size === shown.current) return;
    shown.current = size;
    const { document, session } = editor.store.getState();
    const [width = 0, height = 0] = size.split('×').map(Number);
    const node = document.nodes[session.inspected ?? ''];
    if (node) {
      const area = { ...node.position, width: NODE_WIDTH, height: heightOf(editor.catalog, node) };
      moveIntoView(flow, area, { width, height });
    } else if (!isMoved.current) void flow.setViewport(firstView(document, editor.catalog, { width, height }, seen));
  }, [editor, flow, size, seen]);
  return useCallback((event) => {
    // Without an event it was the program that moved it.
    if (event) isMoved.current = true;
  }, []);
}
