import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import type { FlowDocument } from '../editor/flow-document.ts';
import { useMarks } from './canvas-marks.ts';
import { wayOf } from './edge-path.ts';
import styles from './flow-edge.module.css';

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
  const marks = useMarks();
  const taken =
    marks?.others === 'away'
      ? Object.values(document.edges)
          .filter(({ id }) => marks.edges.get(id) === 'passed')
          .map((edge) => wayOf(catalog, document, edge)?.path ?? '')
          .join('')
      : undefined;
  return (
    <ViewportPortal>
      <svg className={styles.distant} aria-hidden>
        <path data-distant-edges d={path} data-mark={taken === undefined ? undefined : 'away'} />
        {taken !== undefined && <path d={taken} data-mark="passed" />}
      </svg>
    </ViewportPortal>
  );
});
