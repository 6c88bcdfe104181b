import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { type OutlineLine, outlineOf } from '../editor/outline.ts';
import styles from './form-view.module.css';

/** The flow as an indented text, to be read. */
export function ReadOutline() {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const lines = useMemo(() => outlineOf(document, editor.catalog), [document, editor]);
  return (
    <ol className={styles.outline}>
      {lines.map((line, index) => (
        <li
          // oxlint-disable-next-line react/no-array-index-key -- a node may stand in several lines, and none is edited
          key={index}
          style={{ paddingInlineStart: `calc(${line.depth} * var(--space-24))` }}
        >
          <Line line={line} />
        </li>
      ))}
    </ol>
  );
}

function Line({ line }: { line: OutlineLine }) {
  const { t } = useTranslation('canvas');
  const words = useNodeWords();
  const { catalog } = useEditor();
  const node = useEditorState(({ document }) => document.nodes[line.node]);
  if (!node) return null;
  if (line.kind === 'port') return t('outline.port', { port: words.portLabelOf(node, line.port) });
  if (line.kind === 'continue') return t('outline.continue', { node: words.titleOf(node) });
  if (line.kind === 'open') return t('outline.open');
  const manifest = catalog.find(node.kind);
  return (
    <>
      <span className={styles.icon} data-category={manifest?.category ?? 'unknown'}>
        <NodeIcon name={manifest?.icon} />
      </span>
      <strong>{words.titleOf(node)}</strong>
      <span className={styles.summary}>{words.summaryOf(node)}</span>
    </>
  );
}
