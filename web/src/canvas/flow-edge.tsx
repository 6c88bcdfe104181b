import { PlusOutlined } from '@ant-design/icons';
import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, useContext, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { portsOf } from '../editor/catalog.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { useMarkOf } from './canvas-marks.ts';
import { useIsDistant } from './distance.ts';
import { labelTransform } from './drag-preview.ts';
import type { FlowEdge as DrawnEdge } from './drawn-graph.ts';
import { edgePath } from './edge-path.ts';
import { EdgeLabelLayer } from './edge-label-layer.ts';
import styles from './flow-edge.module.css';
import { useLive } from './live-layer.tsx';

/** A connection: its name when pointed at, its count when live, and a button to put a node into it. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<DrawnEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, selected = false, markerEnd } = props;
  const [isPointedAt, setPointedAt] = useState(false);
  const mark = useMarkOf('edges', id);
  const layer = useContext(EdgeLabelLayer);
  const isDistant = useIsDistant();
  const isCounted = useLive()?.counts !== undefined;
  // Of many that are selected none offers its tools: that would hide the drawing.
  const isChosen = useEditorState(({ session: { selection } }) => selection.edges.length === 1) && selected;
  const { path, label, isLong } = edgePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const hover = { onMouseEnter: () => setPointedAt(true), onMouseLeave: () => setPointedAt(false) };
  return (
    <>
      <g {...hover} className={styles.edge} data-selected={selected} data-mark={mark}>
        <BaseEdge id={id} path={path} interactionWidth={24} {...(markerEnd && !isDistant && { markerEnd })} />
      </g>
      {layer &&
        (isCounted || isPointedAt || isChosen) &&
        createPortal(
          <div
            className={styles.label}
            data-edge-label={id}
            data-long={isLong}
            data-pointed={isPointedAt || isChosen}
            style={{ transform: labelTransform(label) }}
            {...hover}
          >
            <EdgeCount edge={id} />
            {(isPointedAt || isChosen) && <EdgeTools edge={id} />}
          </div>,
          layer,
        )}
    </>
  );
});

function EdgeTools({ edge }: { edge: string }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const drawn = useEditorState(({ document }) => document.edges[edge]);
  const from = useEditorState(({ document }) => document.nodes[drawn?.from ?? '']);
  const to = useEditorState(({ document }) => document.nodes[drawn?.to ?? '']);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  if (!drawn || !from || isReadOnly) return null;
  const isFork = portsOf(editor.catalog, from).length > 1;
  const label = t('insert', { from: words.titleOf(from), to: words.titleOf(to) });
  return (
    <>
      {isFork && <span className={styles.name}>{words.portNameOf(from, drawn.port)}</span>}
      <button
        type="button"
        className={`${styles.insert} nodrag nopan`}
        aria-label={label}
        title={label}
        tabIndex={-1}
        onClick={() => editor.run('quick-add', { target: { at: 'edge', edge } })}
      >
        <PlusOutlined aria-hidden />
      </button>
    </>
  );
}

/** The count of those who went this way, and their share of all who left the node. */
function EdgeCount({ edge }: { edge: string }) {
  const { t } = useTranslation('canvas');
  const live = useLive();
  const format = useFormat();
  const words = useNodeWords();
  const { catalog } = useEditor();
  const drawn = useEditorState(({ document }) => document.edges[edge]);
  const from = useEditorState(({ document }) => document.nodes[drawn?.from ?? '']);
  if (!live?.counts || !drawn || !from) return null;
  const left = live.counts.nodes[drawn.from]?.left ?? {};
  const value = left[drawn.port] ?? 0;
  const all = Object.values(left).reduce((sum, count) => sum + count, 0);
  const share = Object.keys(left).length > 1 ? format.share(value, all) : undefined;
  const nameOf = (figure: string) =>
    t('live.leftBy', {
      node: words.titleOf(from),
      port: words.portNameOf(from, drawn.port),
      value: share === undefined ? figure : `${figure} · ${share}`,
    });
  return (
    <button
      type="button"
      className={`${styles.count} nodrag nopan`}
      data-fork={portsOf(catalog, from).length > 1}
      disabled={value === 0}
      aria-label={nameOf(format.compact(value))}
      title={nameOf(format.count(value))}
      onClick={() => live.open({ node: drawn.from, port: drawn.port })}
    >
      <span>{format.compact(value)}</span>
      {share !== undefined && (
        <span className={styles.share}>
          <span className={styles.dot}> · </span>
          {share}
        </span>
      )}
    </button>
  );
}
