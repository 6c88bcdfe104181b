import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './empty-canvas.module.css';

const MOST_USED = 4;

/** What stands on a canvas without nodes: the first step. */
export function EmptyCanvas({ onUseTemplate }: { onUseTemplate?: (() => void) | undefined }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const isEmpty = useEditorState(({ document }) => Object.keys(document.nodes).length === 0);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  if (!isEmpty || isReadOnly) return null;
  const triggers = editor.catalog.kinds.filter(({ category }) => category === 'trigger').slice(0, MOST_USED);
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{t('empty.title')}</h2>
      <p className={styles.text}>{t('empty.text')}</p>
      <div className={styles.choices}>
        {triggers.map(({ kind, icon }) => (
          <Button
            key={kind}
            icon={<NodeIcon name={icon} />}
            onClick={() => editor.run('add-node', { kind, target: { at: 'point', point: { x: 0, y: 0 } } })}
          >
            {words.kindTitleOf(kind)}
          </Button>
        ))}
        {onUseTemplate && <Button onClick={onUseTemplate}>{t('empty.fromTemplate')}</Button>}
      </div>
    </div>
  );
}
