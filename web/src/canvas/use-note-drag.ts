import { useStoreApi } from '@xyflow/react';
import type { GraphNote } from '@sluice/shared/graph';
import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { type Point, snap } from '../editor/placement.ts';
import { dropSelection, previewSelection } from './drag-selection.ts';

/** The pointer must go this far, in pixels of the screen, before a press counts as a drag. */
const THRESHOLD = 3;
const STILL: Point = { x: 0, y: 0 };

/** Offsets are in pixels of the drawing, on its grid. */
interface Drag {
  show(offset: Point): void;
  /** Without an offset the drag was taken back. */
  end(offset?: Point): void;
}

interface NotePresses {
  /** On the note: drags it with all that is selected; without a way it selects, and writes where it was selected alone. */
  onPress(press: ReactPointerEvent<HTMLElement>): void;
  /** On its corner: resizes it. */
  onPressCorner(press: ReactPointerEvent<HTMLElement>): void;
}

/** What the pointer does to a note: shown while it moves, one command when it is let go. */
export function useNoteDrag(
  note: GraphNote,
  surface: RefObject<HTMLElement | null>,
  shown: { grow: (by: Point) => void; write: () => void; hold: () => void },
): NotePresses {
  const editor = useEditor();
  const drawing = useStoreApi();

  function follow(press: ReactPointerEvent<HTMLElement>, begin: () => Drag, click?: () => void): void {
    press.stopPropagation();
    const { pointerId, clientX, clientY } = press;
    let drag: Drag | undefined;
    let offset = STILL;
    const move = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return;
      const way = { x: event.clientX - clientX, y: event.clientY - clientY };
      if (!drag && Math.hypot(way.x, way.y) < THRESHOLD) return;
      drag ??= begin();
      const zoom = drawing.getState().transform[2];
      offset = snap({ x: way.x / zoom, y: way.y / zoom });
      drag.show(offset);
    };
    const end = (event: PointerEvent) => {
      if (event.pointerId !== pointerId) return;
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      const isKept = event.type === 'pointerup';
      if (drag) drag.end(isKept ? offset : undefined);
      else if (isKept) click?.();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }

  return {
    onPress(press) {
      const root = surface.current;
      const { selection, isReadOnly } = editor.store.getState().session;
      if (press.button !== 0 || !root || isReadOnly) return;
      const isAdding = press.shiftKey || press.ctrlKey || press.metaKey;
      const isSelected = selection.notes.includes(note.id);
      const isAlone = selection.notes[0] === note.id && (note.form === 'frame' || selection.nodes.length === 0);
      const click = () => {
        if (!isAdding && isAlone) return shown.write();
        editor.run('select-note', { note: note.id, isAdding });
        if (!(isAdding && isSelected)) shown.hold();
      };
      const begin = (): Drag => {
        if (!isSelected) editor.run('select-note', { note: note.id, isAdding });
        shown.hold();
        const preview = previewSelection(root, editor);
        return {
          show: (offset) => preview.moveBy(offset),
          end(offset) {
            preview.release();
            if (offset) dropSelection(editor, offset);
          },
        };
      };
      follow(press, begin, click);
    },
    onPressCorner(press) {
      if (press.button !== 0) return;
      const end = (by?: Point) => {
        shown.grow(STILL);
        if (by) editor.run('resize-note', { note: note.id, grow: by });
      };
      follow(press, () => ({ show: shown.grow, end }));
    },
  };
}
