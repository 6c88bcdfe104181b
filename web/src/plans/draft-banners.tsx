import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';
import type { RunningAutosave } from './use-draft-editor.ts';
import styles from './draft-banners.module.css';

const SettleDialog = lazy(async () => ({ default: (await import('./settle-dialog.tsx')).SettleDialog }));

/** What a person must decide about the draft: which of two versions, and what becomes of edits of an earlier visit. */
export function DraftBanners({ autosave }: { autosave: RunningAutosave }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const nowMs = useNow();
  const editor = useEditor();
  const [isSettling, setSettling] = useState(false);
  const save = useEditorState(({ remote }) => remote.save);
  const leftovers = useEditorState(({ remote }) => remote.leftovers);
  const by = (save.kind === 'conflict' && save.theirs.savedBy) || t('conflict.someone');
  return (
    <>
      {save.kind === 'conflict' && (
        <Alert
          banner
          type="warning"
          role="alert"
          title={t('conflict.title', {
            by,
            time: format.exact(save.theirs.savedAt ?? nowMs),
          })}
          description={t('conflict.text')}
          action={
            <Button type="primary" onClick={() => setSettling(true)}>
              {t('conflict.choose')}
            </Button>
          }
        />
      )}
      {save.kind === 'conflict' && isSettling && (
        <Suspense fallback={null}>
          <SettleDialog
            conflict={save}
            mine={editor.store.getState().document}
            by={by}
            onSettle={(choices) => {
              setSettling(false);
              void autosave.current?.settle(choices);
            }}
            onClose={() => setSettling(false)}
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
