import { PlusOutlined } from '@ant-design/icons';
import type { GraphNode } from '@sluice/shared/graph';
import type { PortSpec } from '@sluice/shared/node-contract';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { isTrigger, portsOf } from '../editor/catalog.ts';
import { edgeAtPort } from '../editor/edge-index.ts';
import { hasPortRows, portOffset } from '../editor/placement.ts';
import { type CanvasMark, useMarkOf } from './canvas-marks.ts';
import { useIsDistant } from './distance.ts';
import { type CardNode, INPUT } from './drawn-graph.ts';
import { LiveChip } from './live-chip.tsx';
import '../editing/mark-colours.css';
import styles from './node-card.module.css';
import { FacesAt } from '../editing/presence.tsx';
import { useProblemMark } from '../editing/problems.tsx';

/** One node: what it is, what it does in one line, where one can go from it, and how it fares. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const Card = useIsDistant() ? DistantCard : NearCard;
  return <Card node={data.node} isSelected={selected} />;
});

/** The others show by their look what they are. */
function isNamed(mark: CanvasMark | undefined): mark is 'here' | 'added' | 'changed' | 'removed' {
  return mark === 'here' || mark === 'added' || mark === 'changed' || mark === 'removed';
}

interface CardProps {
  node: GraphNode;
  isSelected: boolean;
}

/** A card that is too small to be read: its colour, and whether something is wrong with it. */
function DistantCard({ node, isSelected }: CardProps) {
  const { catalog } = useEditor();
  const mark = useProblemMark(node.id);
  const canvasMark = useMarkOf('nodes', node.id);
  return (
    <div
      className={styles.distant}
      data-mark={canvasMark}
      data-category={catalog.find(node.kind)?.category ?? 'unknown'}
      data-selected={isSelected}
      data-disabled={node.isDisabled}
      data-problem={mark && (mark.isError ? 'error' : 'warning')}
    ></div>
  );
}

function NearCard({ node, isSelected }: CardProps) {
  const { t } = useTranslation('canvas');
  const mark = useMarkOf('nodes', node.id);
  const { catalog } = useEditor();
  const words = useNodeWords();
  const isInspected = useEditorState(({ session }) => session.inspected === node.id);
  const manifest = catalog.find(node.kind);
  const ports = portsOf(catalog, node);
  const summary = words.summaryOf(node);
  return (
    <div
      className={styles.card}
      data-category={manifest?.category ?? 'unknown'}
      data-selected={isSelected}
      data-inspected={isInspected}
      data-disabled={node.isDisabled}
      data-colour={node.colour}
      data-mark={mark}
    >
      <div className={styles.head}>
        <span className={styles.icon}>
          <NodeIcon name={manifest?.icon} />
        </span>
        <div className={styles.words}>
          <div className={styles.name} title={words.titleOf(node)}>
            {words.titleOf(node)}
          </div>
          <div className={styles.summary} title={summary}>
            {node.isDisabled && <span className={styles.off}>{t('disabled')}</span>}
            {summary}
          </div>
        </div>
        <ProblemBadge node={node.id} />
        <FacesAt node={node.id} />
      </div>
      {hasPortRows(ports) && (
        <ul className={styles.ports}>
          {ports.map((port) => (
            <li key={port.id} className={styles.port} title={words.portLabelOf(node, port)}>
              {words.portLabelOf(node, port)}
            </li>
          ))}
        </ul>
      )}
      {manifest && !isTrigger(catalog, node) && (
        <Handle
          id={INPUT}
          type="target"
          position={Position.Left}
          className={styles.handle ?? ''}
          style={{ top: portOffset([], 0) }}
          isConnectableStart={false}
        />
      )}
      {ports.map((port, index) => (
        <Port key={port.id} node={node} port={port} top={portOffset(ports, index)} />
      ))}
      {isNamed(mark) && (
        <span className={styles.mark} data-mark={mark}>
          {t(`marks.${mark}`)}
        </span>
      )}
      <LiveChip node={node} />
    </div>
  );
}

function ProblemBadge({ node }: { node: string }) {
  const { t } = useTranslation('canvas');
  const mark = useProblemMark(node);
  if (!mark) return null;
  const text = t('problems', { count: mark.count });
  return (
    <span className={styles.badge} data-error={mark.isError} role="img" aria-label={text} title={text}>
      {mark.count}
    </span>
  );
}

/** A way out: the dot an edge is dragged from and, as long as it leads nowhere, a button that adds what comes next. */
function Port({ node, port, top }: { node: GraphNode; port: PortSpec; top: number }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const isOpen = useEditorState(({ document }) => !edgeAtPort(document, node.id, port.id));
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const label = t('addAfter', { node: words.titleOf(node), port: words.portLabelOf(node, port) });
  return (
    <>
      <Handle
        id={port.id}
        type="source"
        position={Position.Right}
        className={styles.handle ?? ''}
        style={{ top }}
        isConnectableEnd={false}
      />
      {isOpen && !isReadOnly && (
        <button
          type="button"
          className={`${styles.add} nodrag`}
          style={{ top }}
          aria-label={label}
          title={label}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            editor.run('quick-add', { target: { at: 'port', node: node.id, port: port.id } });
          }}
        >
          <PlusOutlined aria-hidden />
        </button>
      )}
    </>
  );
}
