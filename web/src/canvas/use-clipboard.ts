import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { Point } from '../editor/placement.ts';
import { isElsewhere, isTyping } from './use-shortcuts.ts';

/** Copies, cuts and pastes nodes through the system's clipboard, as text. What is pasted goes where the pointer is. */
export function useClipboard(canvas: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const flow = useReactFlow();
  useEffect(() => {
    let pointer: Point | undefined;
    const follow = ({ clientX, clientY }: PointerEvent) => {
      pointer = { x: clientX, y: clientY };
    };
    const isForUs = (event: ClipboardEvent) =>
      !event.defaultPrevented &&
      !isTyping(event.target) &&
      !isElsewhere(event.target) &&
      document.getSelection()?.isCollapsed !== false;
    const take = (event: ClipboardEvent, command: 'copy' | 'cut') => {
      if (!isForUs(event) || !editor.run(command)) return;
      event.clipboardData?.setData('text/plain', editor.store.getState().session.clipboard ?? '');
      event.preventDefault();
    };
    const copy = (event: ClipboardEvent) => take(event, 'copy');
    const cut = (event: ClipboardEvent) => take(event, 'cut');
    const paste = (event: ClipboardEvent) => {
      if (!isForUs(event)) return;
      const under = pointer && document.elementFromPoint(pointer.x, pointer.y);
      const isOver =
        canvas.current?.contains(under ?? null) === true && editor.store.getState().session.view === 'canvas';
      editor.run('paste', {
        text: event.clipboardData?.getData('text/plain') ?? '',
        ...(isOver && pointer && { at: flow.screenToFlowPosition(pointer) }),
      });
      event.preventDefault();
    };
    document.addEventListener('pointermove', follow, { passive: true });
    document.addEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('pointermove', follow);
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', paste);
    };
  }, [editor, flow, canvas]);
}
