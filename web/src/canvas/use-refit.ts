import { type OnMove, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { firstView } from './first-view.ts';

/**
 * Keeps the whole flow in view while panels open and close beside it, until the person has moved the view. The form of a
 * node is an exception: the flow must not jump under the click that opened it. Answers what to call when the view moves.
 */
export function useRefit(): OnMove {
  const editor = useEditor();
  const flow = useReactFlow();
  const size = useStore(({ width, height }) => `${width}×${height}`);
  const shown = useRef(size);
  const isMoved = useRef(false);
  useEffect(() => {
    if (size === shown.current) return;
    shown.current = size;
    if (isMoved.current || editor.store.getState().session.inspected !== null) return;
    const [width = 0, height = 0] = size.split('×').map(Number);
    void flow.setViewport(firstView(editor.store.getState().document, editor.catalog, { width, height }));
  }, [editor, flow, size]);
  return useCallback((event) => {
    // Without an event it was the program that moved it.
    if (event) isMoved.current = true;
  }, []);
}
