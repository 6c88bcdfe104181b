import { type RefObject, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useEditorState } from '../editing/editor-context.tsx';
import styles from './minimap-notes.module.css';

const SVG = 'http://www.w3.org/2000/svg';

/** Notes and frames on the map, lightly and beneath its nodes. The map draws nodes alone, so its drawing is given a layer of ours. */
export function MinimapNotes({ surface }: { surface: RefObject<HTMLElement | null> }) {
  const notes = useEditorState(({ document }) => document.notes);
  const [layer, setLayer] = useState<SVGGElement | null>(null);
  useLayoutEffect(() => {
    const map = surface.current?.querySelector('.react-flow__minimap-svg');
    const group = map?.ownerDocument.createElementNS(SVG, 'g');
    if (!map || !group) return;
    map.prepend(group);
    // oxlint-disable-next-line react/set-state-in-effect -- the layer is there only once the map is on the page
    setLayer(group);
    return () => group.remove();
  }, [surface]);
  if (!layer) return null;
  return createPortal(
    Object.values(notes).map(({ id, form, colour, position, size }) => (
      <rect
        key={id}
        className={styles.note}
        data-form={form}
        data-colour={colour ?? (form === 'frame' ? 'grey' : 'amber')}
        {...position}
        {...size}
        rx={6}
      />
    )),
    layer,
  );
}
