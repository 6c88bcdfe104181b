import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../editing/editor-context.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';
import type { RunningAutosave } from './use-draft-editor.ts';
import styles from './draft-banners.module.css';

/** What a person must decide about the draft: which of two versions, and what becomes of edits of an earlier visit. */
export function DraftBanners({ autosave }: { autosave: RunningAutosave }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const nowMs = useNow();
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
              <Button onClick={() => void autosave.current?.keepMine()}>{t('conflict.mine')}</Button>
              <Button onClick={() => autosave.current?.takeTheirs()}>{t('conflict.theirs')}</Button>
            </div>
          }
        />
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
