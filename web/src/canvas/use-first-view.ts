import { useStoreApi, type Viewport } from '@xyflow/react';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { firstView } from './first-view.ts';

/** The view to begin with, as soon as the room for it is known: before anything is painted. */
export function useFirstView(surface: RefObject<HTMLElement | null>): Viewport | undefined {
  const editor = useEditor();
  const store = useStoreApi();
  const [view, setView] = useState<Viewport>();
  useLayoutEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = surface.current ?? {};
    const first = firstView(editor.store.getState().document, editor.catalog, { width, height });
    store.setState({ transform: [first.x, first.y, first.zoom] });
    // oxlint-disable-next-line react/set-state-in-effect -- the room is known only once the element is on the page
    setView(first);
  }, [editor, store, surface]);
  return view;
}
