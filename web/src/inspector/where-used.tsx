import type { GraphNode } from '@sluice/shared/graph';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { distinctTitles } from '../editing/distinct-titles.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './inspector.module.css';
import { usagesOf } from './mentions.ts';

/** Where else in the flow stand the attributes and events of this node; each name leads there. */
export function WhereUsed({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const editor = useEditor();
  const words = useNodeWords();
  const { attributes } = useDictionary();
  const document = useEditorState((state) => state.document);
  const usages = useMemo(() => usagesOf(document, editor.catalog, node), [document, editor, node]);
  if (usages.length === 0) return null;
  const titles = distinctTitles(Object.values(document.nodes), words);
  return (
    <section className={styles.section} aria-label={t('used.title')}>
      <h3 className={styles.heading}>{t('used.title')}</h3>
      {usages.map(({ of, name, nodes }) => (
        <p key={`${of}/${name}`} className={styles.usage}>
          <span className={styles.used}>
            {t(`used.${of}`, { name: (of === 'attribute' && attributes.get(name)?.displayName) || name })}
          </span>
          {nodes.map((id) => (
            <Button
              key={id}
              type="link"
              size="small"
              className={styles.usedBy ?? ''}
              onClick={() => editor.run('inspect', { node: id })}
            >
              {titles.get(id)}
            </Button>
          ))}
        </p>
      ))}
    </section>
  );
}
