import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';
import type { RunningAutosave } from './use-draft-editor.ts';
import styles from './draft-banners.module.css';

const CompareDialog = lazy(async () => ({ default: (await import('./compare-dialog.tsx')).CompareDialog }));

/** What a person must decide about the draft: which of two versions, and what becomes of edits of an earlier visit. */
export function DraftBanners({ autosave }: { autosave: RunningAutosave }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const nowMs = useNow();
  const editor = useEditor();
  const [isCompared, setCompared] = useState(false);
  const save = useEditorState(({ remote }) => remote.save);
  const leftovers = useEditorState(({ remote }) => remote.leftovers);
  const mine = useEditorState(({ document }) => Object.keys(document.nodes).length);
  return (
    <>
      {save.kind === 'conflict' && (
        <Alert
          banner
          type="warning"
          role="alert"
          title={t('conflict.title', {
            by: save.theirs.savedBy ?? t('conflict.someone'),
            time: format.exact(save.theirs.savedAt ?? nowMs),
          })}
          description={t('conflict.text', { mine, theirs: Object.keys(save.theirs.document.nodes).length })}
          action={
            <div className={styles.actions}>
              <Button onClick={() => setCompared(true)}>{t('compare.both')}</Button>
              <Button onClick={() => void autosave.current?.keepMine()}>{t('conflict.mine')}</Button>
              <Button onClick={() => autosave.current?.takeTheirs()}>{t('conflict.theirs')}</Button>
            </div>
          }
        />
      )}
      {save.kind === 'conflict' && isCompared && (
        <Suspense fallback={null}>
          <CompareDialog
            from={{ title: t('compare.theirs'), document: save.theirs.document }}
            to={{ title: t('compare.mine'), document: editor.store.getState().document }}
            onClose={() => setCompared(false)}
          />
        </Suspense>
      )}
      {leftovers.map(({ key, at }) => (
        <Alert
          key={key}
          banner
          type="info"
          title={t('leftover.title', { time: format.exact(at) })}
          description={t('leftover.text')}
          action={
            <div className={styles.actions}>
              <Button onClick={() => autosave.current?.restoreLeftover(key)}>{t('leftover.restore')}</Button>
              <Button type="text" onClick={() => autosave.current?.discardLeftover(key)}>
                {t('leftover.discard')}
              </Button>
            </div>
          }
        />
      ))}
    </>
  );
}
