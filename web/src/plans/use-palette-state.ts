import { useState, useSyncExternalStore } from 'react';
import { useEditorState } from '../editing/editor-context.tsx';

const STORAGE_KEY = 'sluice.palette';
/** Below this width palette, form and canvas do not fit side by side. */
const NARROW = '(max-width: 1500px)';

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** Whether the palette is open: as it was left, but it makes room for the form of a node in a narrow window. */
export function usePaletteState(): { isOpen: boolean; toggle: () => void } {
  const isNarrow = useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
  const inspected = useEditorState(({ session }) => session.inspected !== null);
  const [isWanted, setWanted] = useState(() => localStorage.getItem(STORAGE_KEY) !== 'closed');
  const [isForced, setForced] = useState(false);
  const hasRoom = !(isNarrow && inspected);
  const isOpen = hasRoom ? isWanted : isForced;
  return {
    isOpen,
    toggle: () => {
      setForced(!isOpen);
      if (!hasRoom) return;
      localStorage.setItem(STORAGE_KEY, isOpen ? 'closed' : 'open');
      setWanted(!isOpen);
    },
  };
}
