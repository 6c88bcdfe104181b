import { useStoreApi, type Viewport } from '@xyflow/react';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { type CanvasMark, useMarks } from './canvas-marks.ts';
import { firstView } from './first-view.ts';

const SOUGHT: ReadonlySet<CanvasMark> = new Set(['added', 'changed', 'removed', 'here', 'waiting', 'failed']);

/** The view to begin with, as soon as the room for it is known: before anything is painted. */
export function useFirstView(surface: RefObject<HTMLElement | null>): Viewport | undefined {
  const editor = useEditor();
  const store = useStoreApi();
  const seen = useSought();
  const [view, setView] = useState<Viewport>();
  useLayoutEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = surface.current ?? {};
    const first = firstView(editor.store.getState().document, editor.catalog, { width, height }, seen);
    store.setState({ transform: [first.x, first.y, first.zoom] });
    // oxlint-disable-next-line react/set-state-in-effect -- the room is known only once the element is on the page
    setView(first);
  }, [editor, store, surface, seen]);
  return view;
}

/** The node that is looked for: the first that differs, or where somebody is. Found once: the view does not follow it. */
export function useSought(): string | undefined {
  const marks = useMarks();
  const [seen] = useState(() => [...(marks?.nodes ?? [])].find(([, mark]) => SOUGHT.has(mark))?.[0]);
  return seen;
}
