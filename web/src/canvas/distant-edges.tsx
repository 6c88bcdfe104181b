import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { FlowDocument } from '../editor/flow-document.ts';
import { wayOf } from './edge-path.ts';
import styles from './flow-edge.module.css';
import { usePlay } from './play-layer.tsx';

/** All connections as one line of the page: seen from afar nobody points at one, and hundreds of them cost like one. */
export const DistantEdges = memo(function DistantEdges({ document }: { document: FlowDocument }) {
  const { catalog } = useEditor();
  const path = useMemo(
    () =>
      Object.values(document.edges)
        .map((edge) => wayOf(catalog, document, edge)?.path ?? '')
        .join(''),
    [catalog, document],
  );
  const play = usePlay();
  const taken = play?.isPlaying
    ? Object.values(document.edges)
        .filter(({ from, port }) => play.isTaken(from, port))
        .map((edge) => wayOf(catalog, document, edge)?.path ?? '')
        .join('')
    : undefined;
  return (
    <ViewportPortal>
      <svg className={styles.distant} aria-hidden>
        <path data-distant-edges d={path} data-play={taken === undefined ? undefined : 'none'} />
        {taken !== undefined && <path d={taken} data-play="taken" />}
      </svg>
    </ViewportPortal>
  );
});
