import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { ViewRequest } from '../editor/command.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';
import type { CardNode, FlowEdge } from './drawn-graph.ts';
import { firstView, wholeView } from './first-view.ts';
import { moveIntoView, motionMs } from './move-into-view.ts';

/** Moves the view as the editor wishes and puts the keyboard on the node that is revealed. */
export function useCamera(surface: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const flow = useReactFlow<CardNode, FlowEdge>();
  const store = useStoreApi();
  useEffect(() => {
    const show = (request: ViewRequest) => {
      if (request.kind === 'reveal') return reveal(request.node);
      if (request.kind === 'show') return moveIntoView(flow, request.area, store.getState());
      const duration = motionMs();
      const { width, height } = store.getState();
      const { document } = editor.store.getState();
      if (request.kind === 'fit')
        void flow.setViewport(wholeView(document, editor.catalog, { width, height }), { duration });
      else if (request.kind === 'begin')
        void flow.setViewport(firstView(document, editor.catalog, { width, height }), { duration });
      else if (request.kind === 'zoom-in') void flow.zoomIn({ duration });
      else if (request.kind === 'zoom-out') void flow.zoomOut({ duration });
      else void flow.zoomTo(1, { duration });
    };
    const reveal = (id: string) => {
      // The node may have come to be by the same command: it is on the page after the next drawing.
      requestAnimationFrame(() => {
        const node = editor.store.getState().document.nodes[id];
        if (!node) return;
        const { width, height } = store.getState();
        const frame = { ...node.position, width: NODE_WIDTH, height: heightOf(editor.catalog, node) };
        moveIntoView(flow, frame, { width, height });
        const element = surface.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
        const holder = document.activeElement;
        // The list of kinds hands the keyboard to the canvas as a whole, which lies around the drawing.
        if (holder?.closest('[data-keeps-focus]')) return;
        if (!element || !(holder === document.body || holder?.closest('[data-canvas]'))) return;
        // What is revealed is selected already, perhaps among others: this focus is no wish to select it alone.
        element.dataset['revealed'] = '';
        element.focus({ preventScroll: true });
        delete element.dataset['revealed'];
      });
    };
    return editor.onView(show);
  }, [editor, flow, store, surface]);
}
