import { useReactFlow } from '@xyflow/react';
import { type MouseEvent as ReactMouseEvent, type RefObject, useCallback, useState } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { MenuSubject, OpenMenu } from './canvas-menu.tsx';

const NOT_GROUND = '.react-flow__node, .react-flow__edge, button, input, textarea, section';

/** The menu of the right button: when it opens, about what, and where. Looking on offers none. */
export function useCanvasMenu(surface: RefObject<HTMLElement | null>) {
  const editor = useEditor();
  const flow = useReactFlow();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const open = useCallback(
    (event: MouseEvent | ReactMouseEvent, subject: MenuSubject) => {
      const frame = surface.current?.getBoundingClientRect();
      if (!frame || editor.store.getState().session.isReadOnly) return;
      event.preventDefault();
      const { clientX: x, clientY: y } = event;
      const next = { subject, at: { x: x - frame.left, y: y - frame.top }, place: flow.screenToFlowPosition({ x, y }) };
      // Where the menu opens as the button goes down, the same press is told of again as it comes up, over the menu.
      setMenu((current) => (subject === 'ground' ? (current ?? next) : next));
    },
    [editor, flow, surface],
  );
  /** A card, a note or a connection is chosen by asking for its menu, unless it is among what is chosen already. */
  const onContextMenu = (event: ReactMouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const idOf = (selector: string) => (event.target as Element).closest(selector)?.getAttribute('data-id');
    const { selection } = editor.store.getState().session;
    const note = event.target.closest<HTMLElement>('[data-note]')?.dataset['note'];
    const node = idOf('.react-flow__node');
    const edge = idOf('.react-flow__edge');
    // In words that are being written it is the browser's menu that helps.
    if (note !== undefined && event.target !== document.activeElement) {
      if (!selection.notes.includes(note)) editor.run('select-note', { note });
      open(event, 'notes');
    } else if (node) {
      if (!selection.nodes.includes(node)) editor.run('select', { selection: { nodes: [node], edges: [] } });
      open(event, 'nodes');
    } else if (edge) {
      editor.run('select', { selection: { nodes: [], edges: [edge] } });
      open(event, 'edge');
    }
  };
  // Told when the button is let go without a drag, since with it one moves the view; also over what lies on the ground.
  const onPaneContextMenu = useCallback(
    (event: MouseEvent | ReactMouseEvent) => {
      if (event.target instanceof Element && !event.target.closest(NOT_GROUND)) open(event, 'ground');
    },
    [open],
  );
  const close = useCallback(() => setMenu(null), []);
  return { menu, close, onContextMenu, onPaneContextMenu };
}
