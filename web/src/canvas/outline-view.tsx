import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { type OutlineLine, outlineOf } from '../editor/outline.ts';
import { LiveChip } from './live-chip.tsx';
import { stayNear } from './outline-focus.ts';
import { OutlineNotes } from './outline-notes.tsx';
import styles from './outline-view.module.css';
import { useProblemMark } from '../editing/problems.tsx';

/** The flow as an indented text: everything the canvas can do, in lines that a screen reader reads in order (EDIT-4). */
export function OutlineView() {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const lines = useMemo(() => outlineOf(document, editor.catalog), [document, editor]);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  return (
    <section className={styles.outline} aria-label={t('outline.label')}>
      <h2 className={styles.title}>{t('outline.title')}</h2>
      <p className={styles.hint}>{t(isReadOnly ? 'outline.hintReadOnly' : 'outline.hint')}</p>
      {lines.length === 0 && <p>{t('outline.empty')}</p>}
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          <li
            // Several ways may go on at the same node; every other line is there once.
            key={`${line.kind}/${line.node}/${'port' in line ? line.port.id : ''}/${line.kind === 'continue' ? index : ''}`}
            className={styles.line}
            style={{ paddingInlineStart: `calc(${line.depth} * var(--space-24))` }}
          >
            <Line line={line} />
          </li>
        ))}
      </ol>
      <OutlineNotes />
    </section>
  );
}

function Line({ line }: { line: OutlineLine }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const node = useEditorState(({ document }) => document.nodes[line.node]);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  if (!node) return null;
  if (line.kind === 'node') return <NodeLine node={line.node} />;
  if (line.kind === 'port')
    return <span className={styles.port}>{t('outline.port', { port: words.portLabelOf(node, line.port) })}</span>;
  if (line.kind === 'continue')
    return (
      <button
        type="button"
        className={styles.continue}
        onClick={() => editor.run('select', { selection: { nodes: [node.id], edges: [] } })}
      >
        {t('outline.continue', { node: words.titleOf(node) })}
      </button>
    );
  return (
    <span className={styles.open}>
      {t('outline.open')}
      {!isReadOnly && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => editor.run('quick-add', { target: { at: 'port', node: node.id, port: line.port.id } })}
        >
          {t('outline.add')}
        </Button>
      )}
    </span>
  );
}

function NodeLine({ node: id }: { node: string }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const button = useRef<HTMLButtonElement>(null);
  const node = useEditorState(({ document }) => document.nodes[id]);
  const isSelected = useEditorState(({ session }) => session.selection.nodes.includes(id));
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const mark = useProblemMark(id);

  // Arrows move the selection; in a text the keyboard stands where the selection is.
  useEffect(() => {
    const holder = document.activeElement;
    if (isSelected && holder?.closest('[data-keeps-focus]')) button.current?.scrollIntoView({ block: 'nearest' });
    if (isSelected && (holder === document.body || holder?.closest('[data-outline-line]')))
      button.current?.focus({ preventScroll: false });
  }, [isSelected]);

  if (!node) return null;
  const manifest = editor.catalog.find(node.kind);
  const select = () => editor.run('select', { selection: { nodes: [id], edges: [] } });
  return (
    <div className={styles.node} data-selected={isSelected} data-category={manifest?.category ?? 'unknown'}>
      <button
        ref={button}
        type="button"
        data-outline-line
        className={styles.open}
        aria-current={isSelected ? 'true' : undefined}
        onFocus={select}
        onClick={() => editor.run('inspect', { node: id, keepsFocus: true })}
      >
        <span className={styles.icon}>
          <NodeIcon name={manifest?.icon} />
        </span>
        <strong>{words.titleOf(node)}</strong>
        <span className={styles.summary}>
          {words.stateOf(node)}
          {words.summaryOf(node)}
        </span>
        {mark && (
          <span className={styles.problems} data-error={mark.isError}>
            {t('problems', { count: mark.count })}
          </span>
        )}
      </button>
      <LiveChip node={node} />
      {!isReadOnly && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('outline.delete', { node: words.titleOf(node) })}
          onClick={(event) => {
            stayNear(event.currentTarget);
            select();
            editor.run('delete');
          }}
        />
      )}
    </div>
  );
}
