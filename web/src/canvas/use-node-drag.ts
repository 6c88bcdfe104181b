import { useStoreApi } from '@xyflow/react';
import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { Editor } from '../editor/editor.ts';
import { NOTHING_SELECTED } from '../editor/history.ts';
import { type Point, snap } from '../editor/placement.ts';
import type { DragPreview } from './drag-preview.ts';
import { dropSelection, previewSelection } from './drag-selection.ts';

/** The pointer must go this far, in pixels of the screen, before a press counts as a drag. */
const THRESHOLD = 3;
/** Held this close to the border of the canvas, the view moves along, by at most so much in a frame. */
const BORDER = 40;
const LARGEST_PAN = 15;
const CONTROLS = 'button, a, input, .nodrag, .react-flow__handle';

interface Drag {
  readonly start: Point;
  readonly preview: DragPreview;
  offset: Point;
}

/**
 * Drags nodes without telling React: while the pointer moves, only what moves is drawn; letting go is one command. React
 * Flow's own way has every card and edge look at every step, which no flow of 500 nodes can afford.
 */
export function useNodeDrag(surface: RefObject<HTMLElement | null>): (event: ReactPointerEvent) => void {
  const editor = useEditor();
  const drawing = useStoreApi();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  return useCallback(
    (press) => {
      const root = surface.current;
      const id = cardUnder(press.target);
      if (!root || id === undefined || press.button !== 0 || !press.isPrimary) return;
      if (editor.store.getState().session.isReadOnly) return;
      const { pointerId } = press;
      const frame = root.getBoundingClientRect();
      const from: Point = { x: press.clientX, y: press.clientY };
      const isAdding = press.shiftKey || press.ctrlKey || press.metaKey;
      let last = from;
      let drag: Drag | undefined;
      let panning: number | undefined;

      const toFlow = ({ x, y }: Point): Point => {
        const [left, top, zoom] = drawing.getState().transform;
        return { x: (x - frame.left - left) / zoom, y: (y - frame.top - top) / zoom };
      };
      const begin = (): Drag => {
        choose(editor, id, isAdding);
        return { start: toFlow(from), preview: previewSelection(root, editor), offset: { x: 0, y: 0 } };
      };
      const show = () => {
        if (!drag) return;
        const at = toFlow(last);
        const offset = snap({ x: at.x - drag.start.x, y: at.y - drag.start.y });
        if (offset.x === drag.offset.x && offset.y === drag.offset.y) return;
        drag.offset = offset;
        drag.preview.moveBy(offset);
      };
      const pan = () => {
        const speed = { x: panSpeed(last.x - frame.left, frame.width), y: panSpeed(last.y - frame.top, frame.height) };
        panning = undefined;
        if (!drag || (speed.x === 0 && speed.y === 0)) return;
        void drawing.getState().panBy(speed).then(show);
        panning = requestAnimationFrame(pan);
      };
      const move = (event: PointerEvent) => {
        if (event.pointerId !== pointerId) return;
        last = { x: event.clientX, y: event.clientY };
        if (!drag && Math.hypot(last.x - from.x, last.y - from.y) < THRESHOLD) return;
        drag ??= begin();
        show();
        panning ??= requestAnimationFrame(pan);
      };
      const end = (isKept: boolean) => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', release);
        window.removeEventListener('pointercancel', cancel);
        window.removeEventListener('keydown', hear, true);
        if (panning !== undefined) cancelAnimationFrame(panning);
        stop.current = undefined;
        if (!drag) return;
        const { offset, preview } = drag;
        drag = undefined;
        if (!isKept) preview.moveBy({ x: 0, y: 0 });
        preview.release();
        if (isKept) dropSelection(editor, offset);
        swallowClick();
      };
      const release = (event: PointerEvent) => event.pointerId === pointerId && end(true);
      const cancel = (event: PointerEvent) => event.pointerId === pointerId && end(false);
      const hear = (event: KeyboardEvent) => {
        if (!drag || event.key !== 'Escape') return;
        event.stopPropagation();
        end(false);
      };
      stop.current?.();
      stop.current = () => end(false);
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', release);
      window.addEventListener('pointercancel', cancel);
      window.addEventListener('keydown', hear, true);
    },
    [editor, drawing, surface],
  );
}

/** By a card everything is dragged that is selected with it; a card that is not selected is so from now on. */
function choose(editor: Editor, id: string, isAdding: boolean): void {
  const { selection } = editor.store.getState().session;
  if (selection.nodes.includes(id)) return;
  const { nodes, notes } = isAdding ? selection : NOTHING_SELECTED;
  editor.run('select', { selection: { nodes: [...nodes, id], notes } });
}

function cardUnder(target: EventTarget): string | undefined {
  if (!(target instanceof Element) || target.closest(CONTROLS)) return undefined;
  return target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
}

/** Pixels of this frame: nothing inside or where there is hardly an inside, the more the closer to the border or beyond. */
function panSpeed(at: number, room: number): number {
  if (room < 4 * BORDER) return 0;
  if (at < BORDER) return LARGEST_PAN * Math.min(1, (BORDER - at) / BORDER);
  return at > room - BORDER ? -LARGEST_PAN * Math.min(1, (at - room + BORDER) / BORDER) : 0;
}

/** The press that ended a drag is no click on the card. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}
