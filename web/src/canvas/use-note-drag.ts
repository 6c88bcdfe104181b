import { useStoreApi } from '@xyflow/react';
import type { GraphNote } from '@sluice/shared/graph';
import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { nodesInside, type Point, snap } from '../editor/placement.ts';
import { previewDrag } from './drag-preview.ts';

/** How far a note is moved and how much it has grown, until it is let go. */
export interface Shift {
  readonly by: Point;
  readonly grow: Point;
}

/** Drags a note or one of its corners: shown while the pointer moves, one command when it is let go. */
export function useNoteDrag(
  note: GraphNote,
  surface: RefObject<HTMLElement | null>,
  show: (shift: Shift) => void,
): (press: ReactPointerEvent<HTMLElement>, what: keyof Shift) => void {
  const editor = useEditor();
  const drawing = useStoreApi();
  return (press, what) => {
    if (press.button !== 0 || !surface.current) return;
    press.stopPropagation();
    const grip = press.currentTarget;
    const from = { x: press.clientX, y: press.clientY };
    const { document } = editor.store.getState();
    const taken = what === 'by' ? nodesInside(document, editor.catalog, note).map(({ id }) => id) : [];
    const preview = previewDrag(surface.current, document, editor.catalog, taken);
    const still = { by: { x: 0, y: 0 }, grow: { x: 0, y: 0 } };
    let shift: Shift = still;
    const move = (event: PointerEvent) => {
      const zoom = drawing.getState().transform[2];
      const offset = snap({ x: (event.clientX - from.x) / zoom, y: (event.clientY - from.y) / zoom });
      shift = { ...still, [what]: offset };
      show(shift);
      if (what === 'by') preview.moveBy(offset);
    };
    const end = (event: PointerEvent) => {
      grip.removeEventListener('pointermove', move);
      grip.removeEventListener('pointerup', end);
      grip.removeEventListener('pointercancel', end);
      preview.release();
      show(still);
      if (event.type === 'pointerup') editor.run('place-note', { note: note.id, ...shift });
    };
    grip.setPointerCapture(press.pointerId);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', end);
    grip.addEventListener('pointercancel', end);
  };
}
