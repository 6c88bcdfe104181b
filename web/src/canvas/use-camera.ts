import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { Area, ViewRequest } from '../editor/command.ts';
import { heightOf, NODE_WIDTH } from '../editor/placement.ts';
import type { CardNode, FlowEdge } from './drawn-graph.ts';
import { wantsLessMotion } from '../theme/less-motion.ts';
import { firstView, wholeView } from './first-view.ts';

const MARGIN = 24;

const motionMs = () => (wantsLessMotion() ? 0 : 160);

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

/** Moves the view no further than needed for the area to be seen whole. */
function moveIntoView(
  flow: ReactFlowInstance<CardNode, FlowEdge>,
  area: Area,
  screen: { width: number; height: number },
): void {
  const { x, y, zoom } = flow.getViewport();
  const shift = (from: number, to: number, room: number) => {
    if (from < MARGIN) return MARGIN - from;
    return to > room - MARGIN ? Math.max(room - MARGIN - to, MARGIN - from) : 0;
  };
  const dx = shift(area.x * zoom + x, (area.x + area.width) * zoom + x, screen.width);
  const dy = shift(area.y * zoom + y, (area.y + area.height) * zoom + y, screen.height);
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motionMs() });
}
